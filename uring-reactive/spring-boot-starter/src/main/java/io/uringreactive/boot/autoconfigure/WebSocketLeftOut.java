// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;

/**
 * Lets an application be processed ahead of time. WebFlux has a bean for WebSocket whose hints ask
 * for the server's way to upgrade, and the processing fails where no server on the class path has
 * one; a start, on the other hand, does without. Takes part in the processing alone.
 */
final class WebSocketLeftOut
        implements BeanDefinitionRegistryPostProcessor, BeanRegistrationAotProcessor {
    private static final String ADAPTER = "webFluxWebSocketHandlerAdapter";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry.containsBeanDefinition(ADAPTER) && !canUpgrade()) {
            registry.removeBeanDefinition(ADAPTER);
        }
    }

    /** As WebFlux finds out when an application starts. */
    private static boolean canUpgrade() {
        try {
            return new HandshakeWebSocketService().getUpgradeStrategy() != null;
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        return null;
    }
}
