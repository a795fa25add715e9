// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.uringreactive.boot.autoconfigure.UringReactiveWebServerAutoConfiguration;
import io.uringreactive.http.UringHttp;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextFactory;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The management server, where it has a port of its own. */
@AutoConfiguration
@ConditionalOnClass({UringHttp.class, ManagementContextFactory.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
public final class UringManagementContextAutoConfiguration {
    /** Made by Spring. */
    public UringManagementContextAutoConfiguration() {}

    /** Primary: other servers on the class path contribute theirs whether they run or not. */
    @Bean
    @Primary
    static ManagementContextFactory uringManagementContextFactory() {
        return new ManagementContextFactory(
                WebApplicationType.REACTIVE,
                ReactiveWebServerFactory.class,
                UringReactiveWebServerAutoConfiguration.class);
    }
}
