// SPDX-License-Identifier: Apache-2.0
/**
 * What hot paths cost, under JMH, on the running kernel. Figures are of one operation; what brings
 * it to the ring's thread is spread over {@link io.uringreactive.jmh.Chain#LENGTH} of them where it
 * is not the question.
 */
@NullMarked
package io.uringreactive.jmh;

import org.jspecify.annotations.NullMarked;
