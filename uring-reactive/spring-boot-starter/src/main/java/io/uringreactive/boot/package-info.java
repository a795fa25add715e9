// SPDX-License-Identifier: Apache-2.0
/** A Spring Boot WebFlux application's server on the rings. */
@NullMarked
package io.uringreactive.boot;

import org.jspecify.annotations.NullMarked;
