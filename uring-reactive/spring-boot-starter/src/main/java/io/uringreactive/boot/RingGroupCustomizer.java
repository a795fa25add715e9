// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.RingGroupOptions;

/**
 * Changes the options of the rings that the application's servers run on, behind {@code
 * server.uring.*}. Every bean of this type is asked, in its order, where io_uring is available.
 */
@FunctionalInterface
public interface RingGroupCustomizer {
    /** {@code options} with changes, or as they are. Called when the first server starts. */
    RingGroupOptions customize(RingGroupOptions options);
}
