// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.guide;

import static io.uringreactive.guide.Machine.LIMIT;
import static io.uringreactive.guide.Machine.ask;
import static io.uringreactive.guide.Machine.requireUring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.OperationForbidden;
import io.uringreactive.Profile;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.UringNet;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.test.TestConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** guide/rings.md. */
class RingsTest {
    @BeforeEach
    void require() {
        requireUring();
    }

    @Test
    void shouldServeOnRingsOfItsOwn() throws Exception {
        // #region group
        RingGroup rings = RingGroup.create(RingGroupOptions.defaults().rings(2).buffers(256, 4096));
        Listener listener = rings.listen(ListenOptions.port(0)).block();
        // #endregion group
        Listener bound = Objects.requireNonNull(listener);
        bound.serve(conn -> conn.send(conn.receive())).subscribe();
        assertEquals("hello", ask(bound.address().getPort(), "hello"));
        // #region status
        Flux<RingStatus> status = Flux.fromIterable(rings.rings()).concatMap(RingScheduler::status);
        // #endregion status
        List<RingStatus> read = Objects.requireNonNull(status.collectList().block(LIMIT));
        assertEquals(2, read.size());
        assertTrue(read.stream().mapToLong(ring -> ring.counters().submitted()).sum() > 0);
        // #region dispose
        rings.disposeGracefully().block();
        // #endregion dispose
        assertTrue(rings.isDisposed());
    }

    @Test
    void shouldRunTasksOnARing() {
        // #region scheduler
        RingScheduler ring = RingGroup.shared().next();
        Mono<String> thread =
                Mono.fromCallable(() -> Thread.currentThread().getName()).subscribeOn(ring);
        // #endregion scheduler
        assertTrue(Objects.requireNonNull(thread.block(LIMIT)).startsWith("uring-"));
    }

    @Test
    void shouldSubmitAnyOpcode() {
        RingScheduler ring = RingGroup.shared().next();
        // #region submit
        Mono<Integer> result =
                ring.submit((sqe, memory) -> sqe.opcode(Opcode.NOP).fd(-1))
                        .map(completion -> completion.result());
        // #endregion submit
        assertEquals(0, result.block(LIMIT));
    }

    @Test
    void shouldBeHeldToAProfile() {
        // #region profile
        RingGroup rings =
                RingGroup.create(RingGroupOptions.defaults().rings(1).profile(Profile.NETWORK));
        Mono<?> read = rings.next().submit((sqe, memory) -> sqe.opcode(Opcode.READ).fd(0));
        // #endregion profile
        RuntimeException refused = assertThrows(RuntimeException.class, () -> read.block(LIMIT));
        assertInstanceOf(OperationForbidden.class, Exceptions.unwrap(refused));
        rings.disposeGracefully().block(LIMIT);
    }

    @Test
    void shouldKeepTimeOnTheConnectionsRing() {
        TestConnection conn = TestConnection.create();
        // #region timeout
        Mono<Void> echo =
                conn.send(conn.receive().timeout(Duration.ofSeconds(30), conn.scheduler()));
        // #endregion timeout
        conn.handle(c -> echo).subscribe();
        conn.peer().write("in time");
        conn.scheduler().advanceTimeBy(Duration.ofSeconds(31));
        assertTrue(conn.peer().sawReset());
    }

    @Test
    void shouldLetAVirtualThreadBlock() throws Exception {
        Listener listener = Objects.requireNonNull(UringNet.listen(0).block(LIMIT));
        listener.serve(conn -> conn.send(conn.receive())).subscribe();
        int port = listener.address().getPort();
        // #region virtual
        Thread client =
                Thread.startVirtualThread(
                        () ->
                                UringNet.connect("127.0.0.1", port)
                                        .flatMap(
                                                conn -> conn.sendText("hello\n").then(conn.close()))
                                        .block());
        // #endregion virtual
        client.join();
        listener.dispose();
    }
}
