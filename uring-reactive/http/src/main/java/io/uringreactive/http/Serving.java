// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.uringreactive.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/** What the connections of one server share. Safe from any thread. */
final class Serving {
    /** Netty's limits lie above ours, which are looked at first. */
    private static final int SLACK = 64;

    private final HttpOptions options;
    private final HttpHandler handler;
    private final DateField date = new DateField();
    private final ServerLog log;
    private final Set<Http1Connection> connections = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> drained = Sinks.empty();
    private volatile boolean draining;

    Serving(HttpOptions options, HttpHandler handler) {
        this.options = options;
        this.handler = handler;
        this.log = new ServerLog(options.accessLog());
    }

    HttpOptions options() {
        return options;
    }

    HttpHandler handler() {
        return handler;
    }

    DateField date() {
        return date;
    }

    ServerLog log() {
        return log;
    }

    /** Whether one more connection, which is registered already, is within the limit. */
    boolean admits() {
        return connections.size() <= options.connectionsMax();
    }

    /** Serves {@code connection} until its client or this server ends it. */
    Publisher<Void> serve(Connection connection) {
        return Mono.create(sink -> begin(connection, sink));
    }

    private void begin(Connection connection, MonoSink<Void> sink) {
        ConnectionChannel channel = new ConnectionChannel(connection, options, sink::success);
        Http1Connection http = new Http1Connection(this, channel);
        StrictHandler strict = http.strict();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(strict, http);
        channel.receiveTo(strict);
        connections.add(http);
        // Not when the channel is closed: the connection may still have a response to send.
        connection.onClose().subscribe(nothing -> {}, error -> remove(http), () -> remove(http));
        ChannelFuture registered = channel.loop().register(channel);
        if (registered.cause() != null) {
            sink.error(registered.cause());
            return;
        }
        sink.onCancel(() -> channel.loop().run(channel::abort));
        channel.start();
        if (draining) {
            http.drain();
        }
    }

    HttpServerCodec newCodec() {
        return new HttpServerCodec(decoding());
    }

    private HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                // It is also the limit of a chunk's line, which extensions may fill.
                .setMaxInitialLineLength(
                        Math.max(options.requestLineBytesMax(), options.headerBytesMax()) + SLACK)
                .setMaxHeaderSize(options.headerBytesMax() + SLACK)
                .setMaxChunkSize(Integer.MAX_VALUE);
    }

    private void remove(Http1Connection connection) {
        connections.remove(connection);
        tellIfDrained();
    }

    private void tellIfDrained() {
        if (draining && connections.isEmpty()) {
            drained.tryEmitEmpty();
        }
    }

    int connectionCount() {
        return connections.size();
    }

    /** Ends idle connections, and the others after their response; completes with the last. */
    Mono<Void> drain() {
        return Mono.defer(
                () -> {
                    draining = true;
                    connections.forEach(http -> http.channel().loop().later(http::drain));
                    tellIfDrained();
                    return drained.asMono();
                });
    }

    /** Aborts what is left. */
    void abort() {
        connections.forEach(http -> http.channel().connection().dispose());
    }
}
