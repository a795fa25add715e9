// SPDX-License-Identifier: Apache-2.0
/** The core on the simulated kernel: one seed per run, every legal order of CQEs, every fault. */
@NullMarked
package io.uringreactive.simulation;

import org.jspecify.annotations.NullMarked;
