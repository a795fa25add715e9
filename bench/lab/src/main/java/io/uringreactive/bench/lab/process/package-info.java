// SPDX-License-Identifier: Apache-2.0
/** Programs of this machine and processes started from them; none outlives the lab. */
@NullMarked
package io.uringreactive.bench.lab.process;

import org.jspecify.annotations.NullMarked;
