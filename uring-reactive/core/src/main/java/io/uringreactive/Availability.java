// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Platform;
import io.uringreactive.sys.ring.RingUnavailable;
import io.uringreactive.sys.ring.RingUnavailable.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Whether io_uring, or what another {@link TransportProvider} brings, is to be had in this process.
 *
 * @param reason what stands in the way; null where nothing does
 * @param explanation one line: what was found
 * @param remedy what to change, without a full stop; empty where nothing needs to be
 */
public record Availability(@Nullable Reason reason, String explanation, String remedy) {
    /** Looks anew each time until it is available: a system's settings may change meanwhile. */
    static Availability now() {
        try {
            Platform.require();
            return new Availability(
                    null, "io_uring is available: " + LinuxKernel.instance().features(), "");
        } catch (RingUnavailable e) {
            return because(e);
        }
    }

    /** That io_uring is not to be had, because of {@code failure}. */
    public static Availability because(RingUnavailable failure) {
        return new Availability(failure.reason(), failure.explanation(), failure.remedy());
    }

    public boolean isAvailable() {
        return reason == null;
    }

    @Override
    public String toString() {
        return isAvailable() ? explanation : explanation + ". " + remedy;
    }
}
