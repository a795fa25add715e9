// SPDX-License-Identifier: Apache-2.0
/** One WebFlux application on either server, for bench/lab. */
@NullMarked
package io.uringreactive.bench.webflux;

import org.jspecify.annotations.NullMarked;
