// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectionOptions;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class SendQueueTest {
    private record Entry(ByteBuf buffer, SendSubscriber owner) {}

    private final SendQueue queue = new SendQueue();
    private final List<Entry> model = new ArrayList<>();

    private static SendSubscriber send() {
        return new SendSubscriber(new Socketless(), new Listening());
    }

    private void add(int bytes, SendSubscriber owner) {
        Entry entry = new Entry(Unpooled.wrappedBuffer(new byte[bytes]), owner);
        queue.add(entry.buffer(), owner);
        model.add(entry);
    }

    private void removeFirst() {
        queue.removeFirst();
        model.removeFirst().buffer().release();
    }

    /** Returns how many bytes should go. */
    private int removeEnded(int kept) {
        int bytes = 0;
        for (int i = model.size() - 1; i >= kept; i--) {
            if (model.get(i).owner().isEnded()) {
                bytes += model.remove(i).buffer().capacity();
            }
        }
        return bytes;
    }

    private void assertAsModelled() {
        assertEquals(model.size(), queue.size());
        assertEquals(model.isEmpty(), queue.isEmpty());
        for (int i = 0; i < model.size(); i++) {
            assertSame(model.get(i).buffer(), queue.buffer(i));
            assertSame(model.get(i).owner(), queue.owner(i));
            assertEquals(1, queue.buffer(i).refCnt());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBehaveAsAList(long seed) {
        Random random = new Random(seed);
        List<SendSubscriber> sends = new ArrayList<>(List.of(send(), send(), send()));
        for (int step = 0; step < 2000; step++) {
            int what = random.nextInt(100);
            if (what < 55) {
                add(1 + random.nextInt(9), sends.get(random.nextInt(sends.size())));
            } else if (what < 95 && !model.isEmpty()) {
                removeFirst();
            } else if (what >= 95) {
                sends.set(random.nextInt(sends.size()), send()).fail(new IllegalStateException());
                int kept = random.nextInt(4);
                long before = queue.bytes();
                long removed = removeEnded(kept);
                queue.removeEnded(kept);
                assertEquals(removed, before - queue.bytes());
            }
            assertAsModelled();
        }
    }

    @Test
    void shouldKeepTheirOrderWhenItGrowsInTheMiddleOfItsArray() {
        SendSubscriber owner = send();
        for (int i = 0; i < 3; i++) {
            add(1, owner);
            removeFirst();
        }
        for (int i = 0; i < 40; i++) {
            add(i, owner);
            assertAsModelled();
        }
    }

    /** Hears of an end, and does nothing. */
    private static final class Listening extends BaseSubscriber<Void> {
        @Override
        protected void hookOnError(Throwable error) {
            // that of the test
        }
    }

    /** Only so that there can be sends. */
    private static final class Socketless extends LoopConnection {
        private final Sending sending = new Sending(this, nobody(Sending.Sink.class));

        Socketless() {
            super(nobody(Loop.class), ConnectionOptions.defaults());
        }

        private static <T> T nobody(Class<T> type) {
            return type.cast(
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (proxy, method, arguments) -> {
                                throw new UnsupportedOperationException(method.toString());
                            }));
        }

        @Override
        protected Receiving receiving() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected Sending sending() {
            return sending;
        }

        @Override
        protected void liftUnsentBytesMax() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void shutdownSocket() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean hasInFlight() {
            return false;
        }

        @Override
        protected void closeSocket(boolean reset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress knownRemote() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress localAddress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Scheduler scheduler() {
            return Schedulers.immediate();
        }
    }
}
