// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.libc;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Looks up and binds functions of the C library, and turns addresses into memory. */
@SuppressWarnings("restricted")
public final class Native {
    /** Captures {@code errno} right after the call, before the JVM can change it. */
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO_VALUE =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final Linker LINKER = Linker.nativeLinker();

    static MethodHandle bind(
            String function, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment symbol =
                LINKER.defaultLookup()
                        .find(function)
                        .orElseThrow(
                                () ->
                                        new UnsatisfiedLinkError(
                                                "the C library has no function " + function));
        return LINKER.downcallHandle(symbol, descriptor, options);
    }

    static int errno(MemorySegment callState) {
        return (int) ERRNO_VALUE.get(callState, 0L);
    }

    /**
     * The {@code bytes} of native memory at {@code address}. The caller vouches that they are
     * mapped for as long as the segment is used.
     */
    public static MemorySegment memory(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private Native() {}
}
