// SPDX-License-Identifier: Apache-2.0
/** Tests of the adapter to Spring. */
@NullMarked
package io.uringreactive.webflux;

import org.jspecify.annotations.NullMarked;
