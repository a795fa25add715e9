// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import org.jspecify.annotations.Nullable;

/** A transport is not to be had here. Says why and what to change. */
public final class TransportUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Availability availability;

    public TransportUnavailable(Availability availability, @Nullable Throwable cause) {
        super(availability + ".", cause);
        this.availability = availability;
    }

    /** Why not, as a value. */
    public Availability availability() {
        return availability;
    }
}
