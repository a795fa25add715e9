// SPDX-License-Identifier: Apache-2.0
/** What an experiment is made of: values, no behaviour. */
@NullMarked
package io.uringreactive.bench.lab.plan;

import org.jspecify.annotations.NullMarked;
