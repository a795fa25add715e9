// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import io.uringreactive.RingGroupOptions;
import io.uringreactive.Settings;
import io.uringreactive.boot.RingGroupCustomizer;
import io.uringreactive.boot.ServerTransport;
import io.uringreactive.boot.UringReactiveWebServerFactory;
import io.uringreactive.boot.UringServerCustomizer;
import io.uringreactive.http.UringHttp;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.reactive.ReactiveWebServerConfiguration;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.http.ReactiveHttpInputMessage;

/**
 * The server of a reactive application, before any other that is on the class path: those step back
 * by themselves.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
            "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
            "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration"
        })
@ConditionalOnClass({ReactiveHttpInputMessage.class, UringHttp.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(UringServerProperties.class)
@Import(ReactiveWebServerConfiguration.class)
public final class UringReactiveWebServerAutoConfiguration {
    /** Made by Spring. */
    public UringReactiveWebServerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(ReactiveWebServerFactory.class)
    UringReactiveWebServerFactory uringReactiveWebServerFactory(
            ObjectProvider<UringServerCustomizer> customizers) {
        UringReactiveWebServerFactory factory = new UringReactiveWebServerFactory();
        factory.addCustomizers(customizers.orderedStream().toList());
        return factory;
    }

    /** Of the whole application: a management server of its own runs on its parent's. */
    @Bean
    @ConditionalOnMissingBean
    ServerTransport uringServerTransport(
            UringServerProperties properties, ObjectProvider<RingGroupCustomizer> customizers) {
        List<RingGroupCustomizer> all = customizers.orderedStream().toList();
        String name = properties.transport();
        return new ServerTransport(
                name == null ? Settings.transport() : name,
                properties.fallback(),
                () -> rings(properties, all),
                properties.rings());
    }

    private static RingGroupOptions rings(
            UringServerProperties properties, List<RingGroupCustomizer> customizers) {
        RingGroupOptions options =
                new PropertyOptions(properties).rings(RingGroupOptions.defaults());
        for (RingGroupCustomizer customizer : customizers) {
            options = customizer.customize(options);
        }
        return options;
    }

    @Bean
    UringReactiveWebServerFactoryCustomizer uringReactiveWebServerFactoryCustomizer(
            Environment environment,
            ServerProperties server,
            UringServerProperties uring,
            ServerTransport transport) {
        return new UringReactiveWebServerFactoryCustomizer(environment, server, uring, transport);
    }

    @Bean
    @ConditionalOnBooleanProperty(AbstractAotProcessor.AOT_PROCESSING)
    static WebSocketLeftOut uringWebSocketLeftOut() {
        return new WebSocketLeftOut();
    }
}
