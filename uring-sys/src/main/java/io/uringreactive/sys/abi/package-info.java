// SPDX-License-Identifier: Apache-2.0
/**
 * The io_uring interface as numbers: the only place in the project where they stand. A test
 * compiles a C program against the installed kernel header and compares every one of them.
 */
@NullMarked
package io.uringreactive.sys.abi;

import org.jspecify.annotations.NullMarked;
