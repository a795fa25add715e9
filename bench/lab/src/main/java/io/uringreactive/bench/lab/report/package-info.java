// SPDX-License-Identifier: Apache-2.0
/** A result as tables, for a terminal and as Markdown. */
@NullMarked
package io.uringreactive.bench.lab.report;

import org.jspecify.annotations.NullMarked;
