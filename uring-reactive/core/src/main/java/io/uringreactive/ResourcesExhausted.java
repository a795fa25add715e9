// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

/** Descriptors or memory ran out; the operation may succeed later. */
public final class ResourcesExhausted extends TransportException {
    private static final long serialVersionUID = 1L;

    ResourcesExhausted(Cause cause, String what) {
        super(cause, what);
    }
}
