// SPDX-License-Identifier: Apache-2.0
/** What several tests of this module share; no production code depends on it. */
@NullMarked
package io.uringreactive.sys.testing;

import org.jspecify.annotations.NullMarked;
