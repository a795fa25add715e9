// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

/** What to do where io_uring is not to be had. */
public enum Fallback {
    /** Run on the next best transport, and say so once, with cause and remedy. */
    TRANSPORT,
    /** Fail to start, with cause and remedy. */
    FAIL
}
