// SPDX-License-Identifier: Apache-2.0
/** Load generators: one file for how each is called, one for what it says. */
@NullMarked
package io.uringreactive.bench.lab.load;

import org.jspecify.annotations.NullMarked;
