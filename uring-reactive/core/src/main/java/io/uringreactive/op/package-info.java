// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's operations, one file each: how the SQE is prepared, and the operation as a
 * publisher. All publishers here are cold: a subscription and its request submit one SQE.
 * Cancelling sends ASYNC_CANCEL; a result that arrives after that is undone. Signals arrive on the
 * ring's thread.
 */
@NullMarked
package io.uringreactive.op;

import org.jspecify.annotations.NullMarked;
