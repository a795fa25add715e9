// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** Places in the pair that {@link RegisterOps#IOWQ_MAX_WORKERS} takes ({@code IO_WQ_*}). */
public final class WorkerKind {
    /** Workers for regular files and block devices. */
    @SinceLinux("5.15")
    public static final int BOUND = 0;

    /** Workers for everything else, sockets among it. */
    @SinceLinux("5.15")
    public static final int UNBOUND = 1;

    private WorkerKind() {}
}
