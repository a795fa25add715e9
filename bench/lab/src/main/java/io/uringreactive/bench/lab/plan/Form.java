// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import java.util.List;

/** One of the two forms of an experiment: the names of who takes part, where, and how long. */
public record Form(List<String> contestants, List<String> points, Pace pace) {}
