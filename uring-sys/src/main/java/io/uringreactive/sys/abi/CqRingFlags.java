// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

/** What the user says in the completion ring's flags word ({@code IORING_CQ_*}). */
public final class CqRingFlags {
    /** No write to the registered eventfd for CQEs. */
    @SinceLinux("5.8")
    public static final int EVENTFD_DISABLED = 1 << 0;

    private CqRingFlags() {}
}
