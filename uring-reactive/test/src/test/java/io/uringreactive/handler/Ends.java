// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.handler;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulatedPeer;
import io.uringreactive.test.TestConnection;
import io.uringreactive.test.TestPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** A connection and its peer, whichever kind they are of. */
abstract class Ends implements AutoCloseable {
    enum Kind {
        TEST_CONNECTION,
        SIMULATED;

        Ends open() {
            return this == TEST_CONNECTION ? new InMemory() : new OnRing();
        }
    }

    @Override
    public abstract void close();

    abstract Connection connection();

    abstract void write(String text);

    abstract void shutdownWrite();

    abstract void reset();

    abstract void pauseReading();

    abstract void resumeReading();

    abstract String received();

    abstract boolean sawEnd();

    abstract boolean sawReset();

    /** Lets {@code time} pass, and before it whatever can happen. */
    abstract void pass(Duration time);

    /** Lets everything happen that is on its way. */
    void settle() {
        pass(Duration.ofMillis(10));
    }

    /** How {@code mono} ends, once it has: "complete", or the error's class. */
    static List<String> ends(Mono<Void> mono) {
        List<String> signals = new ArrayList<>();
        mono.subscribe(
                nothing -> {},
                error -> signals.add(error.getClass().getSimpleName()),
                () -> signals.add("complete"));
        return signals;
    }

    /** Takes what it has asked for, as text, and releases it. */
    static final class Taker extends BaseSubscriber<ByteBuf> {
        final List<String> texts = new ArrayList<>();
        boolean completed;
        @Nullable Throwable error;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Demand comes from the test.
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            texts.add(buffer.toString(StandardCharsets.UTF_8));
            buffer.release();
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error = throwable;
        }

        String text() {
            return String.join("", texts);
        }
    }

    private static final class InMemory extends Ends {
        private final TestConnection connection = TestConnection.create();
        private final TestPeer peer = connection.peer();

        InMemory() {
            // As simulated peers do, which end when they are told to.
            peer.linger();
        }

        @Override
        Connection connection() {
            return connection;
        }

        @Override
        void write(String text) {
            peer.write(text);
        }

        @Override
        void shutdownWrite() {
            peer.shutdownWrite();
        }

        @Override
        void reset() {
            peer.reset();
        }

        @Override
        void pauseReading() {
            peer.pauseReading();
        }

        @Override
        void resumeReading() {
            peer.resumeReading();
        }

        @Override
        String received() {
            return peer.received();
        }

        @Override
        boolean sawEnd() {
            return peer.sawEnd();
        }

        @Override
        boolean sawReset() {
            return peer.sawReset();
        }

        @Override
        void pass(Duration time) {
            connection.scheduler().advanceTimeBy(time);
        }

        @Override
        public void close() {
            connection.dispose();
            connection.assertNothingLeaked();
        }
    }

    private static final class OnRing extends Ends {
        private static final int PORT = 8080;

        private final SimulatedKernel kernel = SimulatedKernel.seeded(1);
        private final RingGroup group =
                RingGroup.create(RingGroupOptions.defaults().rings(1).kernel(kernel));
        private final List<Connection> accepted = new ArrayList<>();
        private final SimulatedPeer peer;

        OnRing() {
            UringNet.accept(ListenOptions.port(PORT).group(group)).subscribe(accepted::add);
            peer = kernel.connect(PORT);
            kernel.run(() -> peer.isConnected() && !accepted.isEmpty());
        }

        @Override
        Connection connection() {
            return accepted.getFirst();
        }

        @Override
        void write(String text) {
            peer.write(text);
            settle();
        }

        @Override
        void shutdownWrite() {
            peer.shutdownWrite();
            settle();
        }

        @Override
        void reset() {
            peer.reset();
            settle();
        }

        @Override
        void pauseReading() {
            peer.pauseReading();
        }

        @Override
        void resumeReading() {
            peer.resumeReading();
            settle();
        }

        @Override
        String received() {
            return peer.received();
        }

        @Override
        boolean sawEnd() {
            return peer.sawEnd();
        }

        @Override
        boolean sawReset() {
            return peer.sawReset();
        }

        @Override
        void pass(Duration time) {
            kernel.settle();
            kernel.advance(time);
        }

        @Override
        public void close() {
            boolean[] stopped = new boolean[1];
            group.disposeGracefully().subscribe(n -> {}, e -> {}, () -> stopped[0] = true);
            kernel.run(() -> stopped[0]);
            kernel.settle();
            kernel.assertNothingLeaked();
            kernel.close();
        }
    }
}
