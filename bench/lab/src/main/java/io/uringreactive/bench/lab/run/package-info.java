// SPDX-License-Identifier: Apache-2.0
/** Runs an experiment: servers, rounds, samples, and what makes a sample unfit. */
@NullMarked
package io.uringreactive.bench.lab.run;

import org.jspecify.annotations.NullMarked;
