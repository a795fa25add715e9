// SPDX-License-Identifier: Apache-2.0
/**
 * {@code ./uring bench}: experiments that answer, on any Linux machine and with one command each,
 * how this toolkit compares. Reads top down from {@link io.uringreactive.bench.lab.Main}: {@code
 * catalog} says what there is to run, {@code run} runs it, {@code result} is what comes out.
 */
@NullMarked
package io.uringreactive.bench.lab;

import org.jspecify.annotations.NullMarked;
