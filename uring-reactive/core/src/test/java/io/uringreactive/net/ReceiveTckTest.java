// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.fixtures.Bare;
import io.uringreactive.fixtures.Tck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import reactor.core.publisher.Flux;

/** The specification's own tests of {@code receive()}, in each receive mode. */
class ReceiveTckTest extends KernelTest {
    private static final int BUFFER_BYTES = 1024;

    /** So many buffers wait in the socket; a stream of more than that does not end. */
    private static final int ITEMS_MAX = 40;

    private final List<Pair> open = new ArrayList<>();

    @Override
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults.buffers(64, BUFFER_BYTES);
    }

    /** All bytes are there before the first request, so that each item is a full buffer. */
    private Flux<ByteBuf> receive(RingGroup group, long items) {
        Pair pair = Pair.open(group);
        open.add(pair);
        int bytes = BUFFER_BYTES * (int) Math.min(items, ITEMS_MAX);
        pair.peer().write(new byte[bytes]);
        Await.until("the bytes are there", () -> pair.kernelQueues().unreadBytes() == bytes);
        if (items <= ITEMS_MAX) {
            pair.peer().shutdownOutput();
        }
        return pair.connection().receive();
    }

    private void closeAll() {
        open.forEach(Pair::close);
        open.clear();
    }

    private final class Receiving extends PublisherVerification<ByteBuf> {
        private final RingGroup group;

        Receiving(RingGroup group) {
            super(Tck.environment());
            this.group = group;
        }

        @Override
        public Publisher<ByteBuf> createPublisher(long elements) {
            return Bare.of(receive(group, elements), ByteBuf::release);
        }

        @Override
        public Publisher<ByteBuf> createFailedPublisher() {
            Pair pair = Pair.open(group);
            open.add(pair);
            pair.connection().dispose();
            Await.done(pair.connection().onClose());
            return Bare.of(pair.connection().receive(), ByteBuf::release);
        }
    }

    @TestFactory
    Stream<DynamicTest> oneShot() {
        return rules(ReceiveMode.ONE_SHOT);
    }

    @TestFactory
    Stream<DynamicTest> credit() {
        return rules(ReceiveMode.CREDIT);
    }

    private Stream<DynamicTest> rules(ReceiveMode mode) {
        return Tck.rules(new Receiving(group(mode)), Tck.ONE_SUBSCRIBER, this::closeAll);
    }
}
