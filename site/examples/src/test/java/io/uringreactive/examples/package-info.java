// SPDX-License-Identifier: Apache-2.0
/** Every test of the application, on every server. */
@NullMarked
package io.uringreactive.examples;

import org.jspecify.annotations.NullMarked;
