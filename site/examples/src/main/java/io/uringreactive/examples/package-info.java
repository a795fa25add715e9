// SPDX-License-Identifier: Apache-2.0
/** A small WebFlux application, which runs on either server: nothing in here knows of one. */
@NullMarked
package io.uringreactive.examples;

import org.jspecify.annotations.NullMarked;
