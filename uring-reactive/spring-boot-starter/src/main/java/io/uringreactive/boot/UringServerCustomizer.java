// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.http.HttpOptions;

/**
 * Changes the options of the application's server, behind {@code server.*} and {@code
 * server.uring.*}. Every bean of this type is asked, in its order; the management server, which has
 * a port of its own, asks none.
 */
@FunctionalInterface
public interface UringServerCustomizer {
    /** {@code options} with changes, or as they are. Called once for each server. */
    HttpOptions customize(HttpOptions options);
}
