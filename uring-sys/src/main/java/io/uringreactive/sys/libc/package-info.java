// SPDX-License-Identifier: Apache-2.0
/**
 * The only downcalls of the project. Methods return what the C function returns, or {@code -errno};
 * they never throw for an operation.
 */
@NullMarked
package io.uringreactive.sys.libc;

import org.jspecify.annotations.NullMarked;
