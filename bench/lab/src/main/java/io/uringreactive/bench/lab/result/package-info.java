// SPDX-License-Identifier: Apache-2.0
/** The result of an experiment, as {@code bench/results/schema.json} describes it. */
@NullMarked
package io.uringreactive.bench.lab.result;

import org.jspecify.annotations.NullMarked;
