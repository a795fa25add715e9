// SPDX-License-Identifier: Apache-2.0
/**
 * One server under every combination of options, and one for a long time: nothing hangs, fails or
 * stays behind.
 */
@NullMarked
package io.uringreactive.bench.endurance;

import org.jspecify.annotations.NullMarked;
