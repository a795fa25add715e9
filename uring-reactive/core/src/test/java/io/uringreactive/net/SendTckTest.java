// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.fixtures.Tck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;

/**
 * The specification's own tests of the subscriber that a send's publisher gets. Only those that see
 * it from outside: for the others it would have to request when the test says so, and it requests
 * as the socket takes bytes.
 */
class SendTckTest extends KernelTest {
    private final List<Pair> open = new ArrayList<>();
    private final Tracked elements = new Tracked();

    private final class Sending extends SubscriberBlackboxVerification<ByteBuf> {
        Sending() {
            super(Tck.environment());
        }

        @Override
        @SuppressWarnings("unchecked") // it takes any buffer
        public Subscriber<ByteBuf> createSubscriber() {
            Pair pair = Pair.open(group());
            open.add(pair);
            CompletableFuture<Subscriber<? super ByteBuf>> given = new CompletableFuture<>();
            pair.connection()
                    .send((Publisher<ByteBuf>) given::complete)
                    .subscribe(nothing -> {}, error -> {});
            return (Subscriber<ByteBuf>) Await.get(given);
        }

        @Override
        public ByteBuf createElement(int element) {
            return elements.add(Unpooled.directBuffer(4).writeInt(element));
        }
    }

    private void closeAll() {
        open.forEach(Pair::close);
        open.clear();
        elements.expectAllReleased();
    }

    @TestFactory
    Stream<DynamicTest> send() {
        return Tck.rules(new Sending(), Map.of(), this::closeAll);
    }
}
