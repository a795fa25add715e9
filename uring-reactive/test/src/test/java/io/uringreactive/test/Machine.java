// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingUnavailable;
import org.junit.jupiter.api.Assumptions;

/**
 * What a script can run on. What holds on the simulated machine must hold on the real one, or the
 * simulation lies.
 */
enum Machine {
    SIMULATED {
        @Override
        void run(LoopThread.Script script) {
            for (long seed = 0; seed < 20; seed++) {
                try (SimulatedKernel kernel = SimulatedKernel.seeded(seed)) {
                    LoopThread.run(kernel, script);
                }
            }
        }
    },
    LINUX {
        @Override
        void run(LoopThread.Script script) {
            LoopThread loop;
            try {
                loop = LoopThread.start(LinuxKernel.instance(), script);
            } catch (RingUnavailable e) {
                Assumptions.abort(e.toString());
                return;
            }
            try {
                loop.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            loop.rethrow();
        }
    };

    abstract void run(LoopThread.Script script);
}
