// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** {@link Connection#wiretap}: passes everything on, and logs it. */
final class TappedConnection implements Connection {
    private final Connection connection;
    private final Wiretap.Log log;
    private final int bytesMax;

    private TappedConnection(Connection connection, Wiretap wiretap) {
        this.connection = connection;
        this.log = wiretap.open();
        this.bytesMax = wiretap.bytesMax();
    }

    static Connection of(Connection connection, Wiretap wiretap) {
        TappedConnection tapped = new TappedConnection(connection, wiretap);
        connection.onClose().subscribe(nothing -> {}, e -> {}, () -> tapped.say("closed"));
        return tapped;
    }

    private void say(String what) {
        if (log.isOn()) {
            log.write("{} {}", connection, what);
        }
    }

    private void failed(String operation, Throwable error) {
        if (log.isOn()) {
            log.write("{} {} failed: {}", connection, operation, error.toString());
        }
    }

    private void bytes(String direction, ByteBuf buffer) {
        if (log.isOn()) {
            int length = buffer.readableBytes();
            int shown = Math.min(length, bytesMax);
            log.write(
                    "{} {} {} bytes{}{}",
                    connection,
                    direction,
                    length,
                    shown < length ? ", the first " + shown : "",
                    shown == 0 ? "" : "\n" + dump(buffer, shown));
        }
    }

    private static String dump(ByteBuf buffer, int bytes) {
        return ByteBufUtil.prettyHexDump(buffer, buffer.readerIndex(), bytes);
    }

    @Override
    public Flux<ByteBuf> receive() {
        return connection
                .receive()
                .doOnNext(buffer -> bytes("received", buffer))
                .doOnComplete(() -> say("received the peer's end"))
                .doOnError(error -> failed("receive", error))
                .doOnCancel(() -> say("receive is cancelled"));
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> data) {
        return connection
                .send(Flux.from(data).doOnNext(buffer -> bytes("sends", buffer)))
                .doOnError(error -> failed("send", error))
                .doOnCancel(() -> say("send is cancelled"));
    }

    @Override
    public long sentBytes() {
        return connection.sentBytes();
    }

    @Override
    public Mono<Void> shutdownOutput() {
        return connection
                .shutdownOutput()
                .doOnSubscribe(ignored -> say("ends its output"))
                .doOnError(error -> failed("shutdownOutput", error));
    }

    @Override
    public Mono<Void> close() {
        return connection.close().doOnSubscribe(ignored -> say("closes"));
    }

    @Override
    public void dispose() {
        say("is aborted");
        connection.dispose();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }

    @Override
    public Mono<Void> handle(Function<? super Connection, ? extends Publisher<Void>> handler) {
        return connection.handle(
                ignored ->
                        Mono.from(handler.apply(this))
                                .doOnError(error -> failed("handler", error)));
    }

    @Override
    public Mono<Void> onClose() {
        return connection.onClose();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Scheduler scheduler() {
        return connection.scheduler();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
