// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Transports that send or end wrongly. */
enum SendMutant implements Mutant {
    REORDERS(
            "OrderContract#shouldKeepTheOrderAndTheBuffersOfEachOfSeveralSends",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(
                                    Flux.from(data)
                                            .buffer(2)
                                            .concatMapIterable(two -> two.reversed()));
                        }
                    }),

    SENDS_WITHOUT_BOUND(
            "DemandContract#shouldRequestOfASendsPublisherInBounds",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(
                                    Flux.from(data).cast(ByteBuf.class).onBackpressureBuffer());
                        }
                    }),

    LEAKS_A_SENT_BUFFER(
            "BufferContract#shouldReleaseWhatIsSentWhenTheSendCompletes",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(Flux.from(data).map(b -> b.retain()));
                        }
                    }),

    CLAIMS_TO_SEND_AFTER_THE_END(
            "EndContract#shouldFailASendAfterTheOutputWasShutDown",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(data).onErrorComplete(ConnectionClosed.class);
                        }
                    }),

    SENDS_ON_AFTER_A_CANCEL(
            "CancelContract#shouldStopASendAndLeaveTheNextOneAlone",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(Tampered.withoutCancel(data));
                        }
                    }),

    SWALLOWS_ITS_PUBLISHERS_ERROR(
            "BufferContract#shouldReleaseWhatIsQueuedWhenTheSendsPublisherFailsAndStayOpen",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> send(
                                Connection connection, Publisher<? extends ByteBuf> data) {
                            return connection.send(
                                    Flux.from(data)
                                            .cast(ByteBuf.class)
                                            .onErrorComplete(IllegalArgumentException.class));
                        }
                    }),

    ENDS_BOTH_WAYS_AT_ONCE(
            "EndContract#shouldGoOnReceivingWhenTheOutputIsShutDown",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> shutdownOutput(Connection connection) {
                            return connection
                                    .shutdownOutput()
                                    .doOnSuccess(done -> connection.dispose());
                        }
                    }),

    DROPS_WHAT_IS_QUEUED_AT_THE_CLOSE(
            "EndContract#shouldLoseNothingWhenItClosesWithDataQueuedAndInputUnread",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> close(Connection connection) {
                            return Mono.fromRunnable(connection::dispose)
                                    .then(connection.onClose());
                        }
                    }),

    CLOSES_UNSUBSCRIBED(
            "EndContract#shouldCloseOnceHoweverOftenItIsAsked",
            () ->
                    new Breakage() {
                        @Override
                        public Mono<Void> close(Connection connection) {
                            Mono<Void> closing = connection.close().cache();
                            closing.subscribe();
                            return closing;
                        }
                    });

    private final String caughtBy;
    private final Supplier<Breakage> breakages;

    SendMutant(String caughtBy, Supplier<Breakage> breakages) {
        this.caughtBy = caughtBy;
        this.breakages = breakages;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public Breakage breakage() {
        return breakages.get();
    }
}
