// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.process.Finished;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a machine whose hypervisor has given it to others, as long as there is patience. */
final class Patience {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final BooleanSupplier isCalm;
    private final Duration pause;
    private double secondsLeft;

    /** {@code isCalm} is asked, with a pause in between, until it says so. */
    Patience(double seconds, BooleanSupplier isCalm, Duration pause) {
        this.secondsLeft = seconds;
        this.isCalm = isCalm;
        this.pause = pause;
    }

    /** With so much of it as {@code quiet} allows, for {@code cores}. */
    static Patience of(Quiet quiet, Cores cores) {
        return new Patience(
                quiet.patienceSeconds(), () -> stealOf(cores) <= quiet.stealMax(), PAUSE);
    }

    boolean isLeft() {
        return secondsLeft > 0;
    }

    /**
     * Returns when the machine is calm, or patience is at its end, of which {@code lost} seconds
     * went before.
     */
    void await(double lost) {
        secondsLeft -= lost;
        while (isLeft()) {
            long begin = System.nanoTime();
            boolean calm = isCalm.getAsBoolean();
            if (!calm) {
                LockSupport.parkNanos(pause.toNanos());
            }
            secondsLeft -= (System.nanoTime() - begin) / 1e9;
            if (calm) {
                return;
            }
        }
    }

    /** What others get of the cores while they are wanted in full: idle ones are nobody's loss. */
    static double stealOf(Cores cores) {
        String busy = "timeout 1 sh -c 'while :; do :; done' & ".repeat(cores.count()) + "wait";
        Meter meter = new Meter(List.of(), cores);
        meter.begin();
        Finished.of(List.of("taskset", "-c", cores.toString(), "sh", "-c", busy)).orFail();
        meter.end();
        return meter.steal();
    }
}
