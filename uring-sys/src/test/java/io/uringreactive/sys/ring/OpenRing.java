// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ring of the running kernel, enabled by the thread that opened it, for one test. */
final class OpenRing implements AutoCloseable {
    /** Long enough for a machine under load; a test that needs it has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("await.seconds", 20));

    final Ring ring;
    final List<Cqe> drained = new ArrayList<>();

    private OpenRing(Ring ring) {
        this.ring = ring;
    }

    static OpenRing open(int submissionEntries, int completionEntries) {
        return open(new RingConfig(submissionEntries, completionEntries));
    }

    static OpenRing open(RingConfig config) {
        return of(LinuxKernel.instance().openRing(config));
    }

    /** Takes {@code ring} over, which nobody has enabled. */
    static OpenRing of(Ring ring) {
        ring.enable();
        return new OpenRing(ring);
    }

    static OpenRing open() {
        return open(32, 64);
    }

    Sqe nop(long userData) {
        return ring.reserve().opcode(Opcode.NOP).userData(userData);
    }

    /** Enters and drains until {@code count} CQEs have come, and returns those. */
    List<Cqe> await(int count) {
        drained.clear();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (drained.size() < count) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        "%d of %d CQEs came: %s".formatted(drained.size(), count, drained));
            }
            ring.enter(left);
            drain();
        }
        return List.copyOf(drained);
    }

    /** Drains until a CQE with {@code userData} is terminal, and returns all that came. */
    List<Cqe> awaitTerminal(long userData) {
        List<Cqe> all = new ArrayList<>();
        do {
            all.addAll(await(1));
        } while (all.stream().noneMatch(cqe -> cqe.userData() == userData && cqe.isTerminal()));
        return all;
    }

    /** One enter that does not wait, and what it brought. */
    List<Cqe> poll() {
        drained.clear();
        ring.enter(0);
        drain();
        return List.copyOf(drained);
    }

    int drain() {
        return ring.drain(
                (userData, result, flags) -> drained.add(new Cqe(userData, result, flags)),
                Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        ring.close();
    }
}
