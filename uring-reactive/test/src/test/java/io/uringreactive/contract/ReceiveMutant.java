// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectionReset;
import io.uringreactive.TransportErrors;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Transports that receive wrongly. */
enum ReceiveMutant implements Mutant {
    DROPS_A_BYTE(
            "OrderContract#shouldDeliverEveryByteInOrderWhenDemandIsUnbounded",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            int[] count = new int[1];
                            return receive.doOnNext(
                                    b -> {
                                        if (++count[0] == 7) {
                                            b.skipBytes(1);
                                        }
                                    });
                        }
                    }),

    DUPLICATES_A_BUFFER(
            "OrderContract#shouldDeliverEveryByteInOrderWhenDemandIsUnbounded",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            int[] count = new int[1];
                            return receive.concatMap(
                                    b -> ++count[0] == 7 ? Flux.just(b.copy(), b) : Flux.just(b),
                                    1);
                        }
                    }),

    COMPLETES_EARLY(
            "OrderContract#shouldDeliverEveryByteInOrderInRandomPiecesAndDemandBothWaysAtOnce",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.take(5);
                        }
                    }),

    NEVER_COMPLETES(
            "EndContract#shouldCompleteAtThePeersEndAndGoOnSending",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.concatWith(Flux.never());
                        }
                    }),

    EMITS_BEYOND_THE_DEMAND(
            "DemandContract#shouldEmitNoMoreThanRequested",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return Tampered.withoutDemand(receive);
                        }
                    }),

    RECEIVES_WITHOUT_BOUND(
            "DemandContract#shouldStopThePeerWithoutDemandAndGoOnWithIt",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.onBackpressureBuffer();
                        }
                    }),

    IGNORES_A_BAD_REQUEST(
            "DemandContract#shouldFailTheReceiveForARequestBelowOne",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return Tampered.withoutBadRequests(receive);
                        }
                    }),

    ACCEPTS_A_SECOND_SUBSCRIBER(
            "DemandContract#shouldRefuseASecondSubscriberAtAnyTime",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.onErrorComplete(IllegalStateException.class);
                        }
                    }),

    RECEIVES_ON_AFTER_A_CANCEL(
            "CancelContract#shouldStopAReceiveAtAnyPointAndGoOnSending",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return Tampered.withoutCancel(receive);
                        }
                    }),

    SIGNALS_ON_ANOTHER_THREAD(
            "ThreadContract#shouldSignalOnTheConnectionsThread",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.publishOn(Schedulers.single());
                        }
                    }),

    SWALLOWS_A_RESET(
            "ResetContract#shouldFailTheReceiveWhenThePeerAborts",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.onErrorComplete(ConnectionReset.class);
                        }
                    }),

    TELLS_A_RESET_AS_A_CLOSE(
            "ResetContract#shouldFailTheUnboundedReceiveWhenThePeerAborts",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            return receive.onErrorMap(
                                    ConnectionReset.class,
                                    e -> TransportErrors.closed("receive", null));
                        }
                    }),

    LEAKS_A_RECEIVED_BUFFER(
            "OrderContract#shouldDeliverEveryByteInOrderWhenDemandIsUnbounded",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            int[] count = new int[1];
                            return receive.filter(
                                    b -> {
                                        if (++count[0] == 7) {
                                            b.retain();
                                        }
                                        return true;
                                    });
                        }
                    }),

    RELEASES_A_BUFFER_THAT_IS_THE_SUBSCRIBERS(
            "BufferContract#shouldLeaveBuffersAloneUntilTheirSubscriberReleasesThem",
            () ->
                    new Breakage() {
                        @Override
                        public Flux<ByteBuf> receive(Flux<ByteBuf> receive) {
                            ByteBuf[] last = new ByteBuf[1];
                            return receive.doOnNext(
                                    b -> {
                                        if (last[0] != null && last[0].refCnt() > 0) {
                                            last[0].release();
                                        }
                                        last[0] = b;
                                    });
                        }
                    });

    private final String caughtBy;
    private final Supplier<Breakage> breakages;

    ReceiveMutant(String caughtBy, Supplier<Breakage> breakages) {
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
