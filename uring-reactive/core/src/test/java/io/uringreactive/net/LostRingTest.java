// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.ConnectionClosed;
import io.uringreactive.RingGroup;
import io.uringreactive.UringNet;
import io.uringreactive.op.UringScheduler;
import io.uringreactive.testing.FakeRing;
import io.uringreactive.testing.Loopback;
import io.uringreactive.testing.RingLog;
import io.uringreactive.testing.Rings;
import io.uringreactive.testing.RuleProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What connections, listeners and connects learn of a ring that breaks, or that is given up. */
class LostRingTest {
    private final RingLog log = RingLog.attached();
    private final int before = Rings.descriptors();
    private final FakeRing fake = new FakeRing();
    private final RingGroup group = RingGroup.create(Rings.options(1).kernel(fake));
    private final Loopback server = Loopback.listen();
    private final Tracked sent = new Tracked();

    @AfterEach
    void shouldHaveClosedEverything() {
        Rings.stop(group);
        server.close();
        Rings.awaitDescriptors(before);
        log.close();
    }

    private ConnectOptions toServer() {
        return ConnectOptions.to("127.0.0.1", server.address().getPort()).group(group);
    }

    /** On this ring a connect succeeds at once, whatever the socket makes of it. */
    private Connection connect() {
        return Await.get(UringNet.connect(toServer()));
    }

    private void lose(boolean broken) {
        if (broken) {
            fake.breakWith(new IllegalStateException("io_uring_enter: EBADR"));
            UringScheduler.of(group.next()).loop().execute(() -> {});
        } else {
            group.dispose();
            Rings.nextTurn(UringScheduler.of(group.next()).loop());
            fake.advance(Duration.ofSeconds(6));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAConnectionWithEverythingOnIt(boolean broken) {
        Connection connection = connect();
        fake.holdCompletions();
        RuleProbe<ByteBuf> receiving = new RuleProbe<>(ByteBuf::release);
        connection.receive().subscribe(receiving);
        receiving.request(1);
        RuleProbe<Void> sending = new RuleProbe<>(nothing -> {});
        Mono<ByteBuf> data =
                Mono.fromSupplier(() -> sent.add(Unpooled.directBuffer(4).writeInt(1)));
        connection.send(data).subscribe(sending);
        Rings.await("both in flight", () -> Rings.status(group.next()).inFlight() == 2);
        lose(broken);
        assertInstanceOf(ConnectionClosed.class, receiving.awaitError());
        assertInstanceOf(ConnectionClosed.class, sending.awaitError());
        Await.done(connection.onClose());
        assertEquals(List.of(), List.copyOf(receiving.broken()));
        assertEquals(List.of(), List.copyOf(sending.broken()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailAConnectThatIsUnderWay(boolean broken) {
        fake.holdCompletions();
        RuleProbe<Connection> connecting = new RuleProbe<>(Connection::dispose);
        UringNet.connect(toServer()).subscribe(connecting);
        connecting.request(1);
        Rings.await("in flight", () -> Rings.status(group.next()).inFlight() == 1);
        lose(broken);
        connecting.awaitError();
        assertEquals(List.of(), List.copyOf(connecting.broken()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseAListener(boolean broken) {
        var listener = Await.get(UringNet.listen(Pair.loopback(group)));
        fake.holdCompletions();
        RuleProbe<Connection> accepting = new RuleProbe<>(Connection::dispose);
        listener.connections().subscribe(accepting);
        accepting.request(1);
        Rings.await("in flight", () -> Rings.status(group.next()).inFlight() == 1);
        lose(broken);
        Await.done(listener.onClose());
        Await.until("the end", accepting::hasEnded);
    }
}
