// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.uringreactive.boot.ServerTransport;
import io.uringreactive.boot.autoconfigure.UringReactiveWebServerAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@code uring.*}, where Micrometer and a registry are there. */
@AutoConfiguration(
        after = UringReactiveWebServerAutoConfiguration.class,
        afterName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, ServerTransport.class})
public final class UringMetricsAutoConfiguration {
    /** Made by Spring. */
    public UringMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    UringMetrics uringMetrics(MeterRegistry registry, ServerTransport transport) {
        return new UringMetrics(registry, transport);
    }
}
