// SPDX-License-Identifier: Apache-2.0
/** The memory that a ring receives into, and how it crosses the API as {@code ByteBuf}. */
@NullMarked
package io.uringreactive.buffer;

import org.jspecify.annotations.NullMarked;
