// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.util.function.Supplier;
import reactor.netty.resources.LoopResources;

/**
 * Tells reactor-netty where one server or client lives and what its channel is. Its own way of
 * finding that out would load the classes of every native transport there is.
 *
 * @param loop where the channel itself lives
 * @param children where the connections of a server live
 * @param channels makes the channel
 */
record Place(EventLoopGroup loop, EventLoopGroup children, Supplier<? extends Channel> channels)
        implements LoopResources {
    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return loop;
    }

    @Override
    public EventLoopGroup onServerSelect(boolean useNative) {
        return loop;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return children;
    }

    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        return type.cast(channels.get());
    }
}
