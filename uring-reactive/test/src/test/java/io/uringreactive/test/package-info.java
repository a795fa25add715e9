// SPDX-License-Identifier: Apache-2.0
/** Tests of the simulated kernel, against the interfaces of uring-sys alone. */
@NullMarked
package io.uringreactive.test;

import org.jspecify.annotations.NullMarked;
