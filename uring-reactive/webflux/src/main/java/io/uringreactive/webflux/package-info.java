// SPDX-License-Identifier: Apache-2.0
/**
 * Spring's {@code HttpHandler} on {@code uring-http}. Knows HTTP's API alone, and of Spring the
 * Framework alone.
 */
@NullMarked
package io.uringreactive.webflux;

import org.jspecify.annotations.NullMarked;
