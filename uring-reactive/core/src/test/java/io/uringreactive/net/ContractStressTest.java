// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.uringreactive.ConnectOptions;
import io.uringreactive.Connection;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.testing.Rings;
import io.uringreactive.testing.RuleProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.core.CorePublisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Every publisher of the API, subscribed, requested and cancelled by threads of their own at random
 * moments: no rule is broken, and nothing is left behind.
 */
class ContractStressTest extends KernelTest {
    private static final int ROUNDS = 150;
    private static final int SPINS_MAX = 30_000;

    /** One use of a publisher: how its items and what it needed are given back. */
    private record Use<T>(CorePublisher<T> publisher, Consumer<T> onItem, Runnable end) {}

    /**
     * Made of one operator of Reactor's that emits at once where it is requested, also while
     * onSubscribe still runs on another thread: these are requested by others after that only.
     */
    private static final Set<String> REACTORS = Set.of("listen", "status");

    private <T> DynamicTest stress(String name, int rounds, Supplier<Use<T>> use) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    Random random = new Random(name.hashCode());
                    for (int round = 0; round < rounds; round++) {
                        boolean afterwards = REACTORS.contains(name);
                        run(use.get(), random, afterwards, name + ", round " + round);
                    }
                });
    }

    private static <T> void run(Use<T> use, Random random, boolean afterwards, String what)
            throws Exception {
        RuleProbe<T> probe = new RuleProbe<>(use.onItem());
        switch (random.nextInt(6)) {
            case 0 -> probe.atStart(RuleProbe::cancel);
            case 1 -> probe.atStart(p -> p.request(1)).atItem(RuleProbe::cancel);
            case 2 -> probe.atStart(p -> p.request(Long.MAX_VALUE));
            default -> probe.atStart(p -> p.request(1));
        }
        List<Thread> threads = new ArrayList<>();
        Thread subscribing = after(random, () -> use.publisher().subscribe(probe));
        if (afterwards) {
            assertTrue(subscribing.join(Await.LIMIT), what);
        }
        threads.add(subscribing);
        threads.add(after(random, () -> probe.request(2)));
        threads.add(after(random, probe::cancel));
        threads.add(after(random, probe::cancel));
        for (Thread thread : threads) {
            assertTrue(thread.join(Await.LIMIT), what);
        }
        use.end().run();
        assertEquals(List.of(), List.copyOf(probe.broken()), what);
    }

    private static Thread after(Random random, Runnable action) {
        int spins = random.nextInt(SPINS_MAX);
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            for (int i = 0; i < spins; i++) {
                                Thread.onSpinWait();
                            }
                            action.run();
                        });
    }

    private <T> Use<T> onPair(
            Function<Connection, CorePublisher<T>> publisher, Consumer<T> onItem) {
        Pair pair = Pair.open(group());
        pair.peer().write("some bytes");
        return new Use<>(publisher.apply(pair.connection()), onItem, pair::close);
    }

    private Use<Void> done(Function<Connection, CorePublisher<Void>> publisher) {
        return onPair(publisher, nothing -> {});
    }

    private Use<Void> send() {
        Tracked tracked = new Tracked();
        Pair pair = Pair.open(group());
        Flux<ByteBuf> data = Flux.range(0, 20).map(i -> tracked.next(100));
        return new Use<>(
                pair.connection().send(data),
                nothing -> {},
                () -> {
                    pair.close();
                    tracked.expectAllReleased();
                });
    }

    private Use<Connection> connections() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Peer peer = Peer.connect(listener.address());
        return new Use<>(
                listener.connections(),
                Connection::dispose,
                () -> {
                    listener.dispose();
                    Await.done(listener.onClose());
                    peer.close();
                });
    }

    private Use<Connection> connect() {
        Listener listener = Await.get(UringNet.listen(loopback()));
        Disposable serving = listener.serve(c -> c.send(c.receive())).subscribe();
        return new Use<>(
                UringNet.connect(
                        ConnectOptions.to("127.0.0.1", listener.address().getPort())
                                .group(group())),
                Connection::dispose,
                () -> {
                    serving.dispose();
                    Await.done(listener.onClose());
                });
    }

    private Use<Void> disposeGracefully() {
        RingGroup own = Rings.group(1);
        return new Use<>(own.disposeGracefully(), nothing -> {}, () -> Rings.stop(own));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheRules() {
        RingScheduler ring = group().next();
        Runnable nothing = () -> {};
        return Stream.of(
                stress("receive", ROUNDS, () -> onPair(Connection::receive, ByteBuf::release)),
                stress("send", ROUNDS, this::send),
                stress("shutdownOutput", ROUNDS, () -> done(Connection::shutdownOutput)),
                stress("close", ROUNDS, () -> done(Connection::close)),
                stress("handle", ROUNDS, () -> done(c -> c.handle(x -> x.send(x.receive())))),
                stress("onClose", ROUNDS, () -> done(Connection::onClose)),
                stress("connections", ROUNDS, this::connections),
                stress("connect", ROUNDS, this::connect),
                stress(
                        "accept",
                        ROUNDS,
                        () -> new Use<>(UringNet.accept(loopback()), Connection::dispose, nothing)),
                stress(
                        "listen",
                        ROUNDS,
                        () -> new Use<>(UringNet.listen(loopback()), Listener::dispose, nothing)),
                stress(
                        "serve",
                        ROUNDS,
                        () ->
                                new Use<>(
                                        UringNet.serve(loopback(), c -> c.close()),
                                        none -> {},
                                        nothing)),
                stress(
                        "submit",
                        10 * ROUNDS,
                        () ->
                                new Use<>(
                                        ring.submit((sqe, memory) -> sqe.opcode(Opcode.NOP)),
                                        item -> {},
                                        nothing)),
                stress(
                        "submitMultishot",
                        10 * ROUNDS,
                        () ->
                                new Use<>(
                                        ring.submitMultishot(
                                                (sqe, memory) -> sqe.opcode(Opcode.NOP)),
                                        item -> {},
                                        nothing)),
                stress("status", ROUNDS, () -> new Use<>(ring.status(), item -> {}, nothing)),
                stress("disposeGracefully", 30, this::disposeGracefully));
    }
}
