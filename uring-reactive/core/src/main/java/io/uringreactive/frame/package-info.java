// SPDX-License-Identifier: Apache-2.0
/**
 * From a stream of bytes to frames and back. TCP delivers bytes, cut anywhere; {@link
 * io.uringreactive.frame.Frames} holds the operators that find lines, length-prefixed and delimited
 * frames, and text in them. Knows nothing of rings or connections: any publisher of buffers will
 * do.
 */
@NullMarked
package io.uringreactive.frame;

import org.jspecify.annotations.NullMarked;
