// SPDX-License-Identifier: Apache-2.0
/** An echo on rings that are used as they should not be, one {@link Toggle} at a time. */
@NullMarked
package io.uringreactive.toggles;

import org.jspecify.annotations.NullMarked;
