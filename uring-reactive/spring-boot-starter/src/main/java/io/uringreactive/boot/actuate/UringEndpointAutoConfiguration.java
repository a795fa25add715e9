// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.uringreactive.boot.ServerTransport;
import io.uringreactive.boot.autoconfigure.UringReactiveWebServerAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@link UringEndpoint}, where Actuator is there and the endpoint is exposed. */
@AutoConfiguration(after = UringReactiveWebServerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ServerTransport.class)
@ConditionalOnAvailableEndpoint(UringEndpoint.class)
public final class UringEndpointAutoConfiguration {
    /** Made by Spring. */
    public UringEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    UringEndpoint uringEndpoint(ServerTransport transport) {
        return new UringEndpoint(transport);
    }
}
