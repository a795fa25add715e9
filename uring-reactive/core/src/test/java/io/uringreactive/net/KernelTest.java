// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.uringreactive.Completion;
import io.uringreactive.ListenOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.op.Accept;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.testing.RingLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What tests on the running kernel share: rings of their own in each receive mode, and the check
 * that every test leaves nothing behind: no descriptor, no operation in flight, no connection, no
 * buffer, no leak report, and no exception on a ring's thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KernelTest {
    private static final ConcurrentLinkedQueue<String> NETTY_LEAKS = new ConcurrentLinkedQueue<>();

    private final Map<ReceiveMode, RingGroup> groups = new EnumMap<>(ReceiveMode.class);
    private final RingLog log = RingLog.attached();
    private long descriptors;

    @BeforeAll
    void startRings() {
        try {
            groups.put(ReceiveMode.ONE_SHOT, start(ReceiveMode.ONE_SHOT));
            if (LinuxKernel.instance().features().receiveCredit()) {
                groups.put(ReceiveMode.CREDIT, start(ReceiveMode.CREDIT));
            }
        } catch (RingUnavailable e) {
            if (e.reason() == RingUnavailable.Reason.OTHER) {
                // Not the machine's doing.
                throw e;
            }
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
        ByteBufUtil.setLeakListener((type, records) -> NETTY_LEAKS.add(type + records));
        // The JDK keeps a descriptor of its own from the first socket on.
        Pair.open(group()).close();
    }

    private RingGroup start(ReceiveMode mode) {
        return RingGroup.create(options(RingGroupOptions.defaults().rings(2)).receiveMode(mode));
    }

    /** What this class's rings have that is not the default. */
    RingGroupOptions options(RingGroupOptions defaults) {
        return defaults;
    }

    @AfterAll
    void stopRings() {
        groups.values().forEach(group -> Await.done(group.disposeGracefully()));
        log.close();
    }

    @BeforeEach
    void noteWhatIsThere() {
        log.clear();
        NETTY_LEAKS.clear();
        descriptors = Descriptors.socketsAndRings();
    }

    @AfterEach
    void shouldHaveLeftNothingBehind() {
        Await.until(this::leftOver, () -> leftOver().isEmpty());
        Await.until(
                () -> Descriptors.socketsAndRings() + " descriptors, not " + descriptors,
                () -> Descriptors.socketsAndRings() <= descriptors);
        System.gc();
        // The detector looks for what was collected when it is asked to watch something new.
        PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        assertEquals(List.of(), List.copyOf(NETTY_LEAKS), "leaked buffers");
        assertEquals(List.of(), log.uncaught(), "exceptions on a ring's thread");
    }

    private String leftOver() {
        List<String> found = new ArrayList<>();
        for (RingGroup group : groups.values()) {
            for (RingScheduler ring : group.rings()) {
                RingStatus status = Await.get(ring.status());
                if (status.inFlight() != 0
                        || status.connections() != 0
                        || status.buffersOut() != 0
                        || status.lateCompletions() != 0) {
                    found.add(ring + ": " + status);
                }
            }
        }
        return String.join("; ", found);
    }

    RingLog log() {
        return log;
    }

    /** Rings in the best mode that this kernel has. */
    RingGroup group() {
        return Objects.requireNonNull(
                groups.getOrDefault(ReceiveMode.CREDIT, groups.get(ReceiveMode.ONE_SHOT)));
    }

    /** Rings in {@code mode}; skips the test where the kernel does not have it. */
    RingGroup group(ReceiveMode mode) {
        RingGroup group = groups.get(mode);
        assumeTrue(group != null, "receive mode " + mode + " needs Linux 6.17");
        return Objects.requireNonNull(group);
    }

    /** An older kernel refuses the flag, a newer one gets as far as the descriptor: none. */
    void assumeAcceptWithoutWaiting() {
        Completion answer =
                Await.get(
                        group().next()
                                .submit(
                                        (sqe, memory) -> {
                                            Accept.prepareOnce(sqe, -1);
                                            sqe.ioprio(NetFlags.ACCEPT_DONTWAIT);
                                        }));
        assumeTrue(
                Errno.EBADF.is(answer.result()),
                "missing kernel feature: accept without waiting (Linux 6.10)");
    }

    /** A free port of 127.0.0.1, on rings in the best mode. */
    ListenOptions loopback() {
        return Pair.loopback(group());
    }

    static RingStatus status(RingScheduler ring) {
        return Await.get(ring.status());
    }
}
