// SPDX-License-Identifier: Apache-2.0
/** The experiments there are and who takes part. Data: adding one is a few lines. */
@NullMarked
package io.uringreactive.bench.lab.catalog;

import org.jspecify.annotations.NullMarked;
