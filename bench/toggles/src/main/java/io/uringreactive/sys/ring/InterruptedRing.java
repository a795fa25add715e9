// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.SetupFlags;
import io.uringreactive.sys.libc.RingCalls;

/**
 * The running kernel's ring without SINGLE_ISSUER and DEFER_TASKRUN (io_uring_setup(2)):
 * completions run whenever the kernel finds the thread in it or interrupts it, and not in the
 * thread's own enter. In this package, because the library opens no such ring and has no word for
 * it.
 */
public final class InterruptedRing {
    /** TASKRUN_FLAG means nothing without DEFER_TASKRUN, and the kernel refuses it. */
    private static final int LEFT_OUT =
            SetupFlags.SINGLE_ISSUER | SetupFlags.DEFER_TASKRUN | SetupFlags.TASKRUN_FLAG;

    /** Disabled, and held to {@code restrictions}, as {@link LinuxKernel#openRing} leaves it. */
    public static Ring open(RingConfig config, RingRestrictions restrictions) {
        RingFeatures features = LinuxKernel.instance().features();
        int flags = flags(features);
        RingMemory.Attempt attempt = RingMemory.tryOpen(config, flags);
        RingMemory memory = attempt.memory();
        if (memory == null) {
            throw Diagnosis.explain(attempt.call(), attempt.result(), SystemFacts.read());
        }
        int result = restrictions.register(new RingCalls(), memory.fd(), features.opcodes());
        if (result < 0) {
            memory.close();
            throw new IllegalStateException(
                    "IORING_REGISTER_RESTRICTIONS failed with " + Errno.name(result));
        }
        return KernelRing.open(memory, features, config);
    }

    /** Those of every other ring of this kernel, but for {@link #LEFT_OUT}. */
    static int flags(RingFeatures features) {
        int array = features.noSqArray() ? SetupFlags.NO_SQARRAY : 0;
        return (RingMemory.SETUP_FLAGS & ~LEFT_OUT) | array;
    }

    private InterruptedRing() {}
}
