// SPDX-License-Identifier: Apache-2.0
/**
 * The examples of the site's pages. A page shows a region of a file here, between {@code // #region
 * NAME} and {@code // #endregion NAME}; a test runs it.
 */
@NullMarked
package io.uringreactive.guide;

import org.jspecify.annotations.NullMarked;
