// SPDX-License-Identifier: Apache-2.0
/** What the stress tests use in place of a kernel. */
@NullMarked
package io.uringreactive.stress;

import org.jspecify.annotations.NullMarked;
