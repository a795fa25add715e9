// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

/**
 * A server to measure.
 *
 * @param name of lower-case letters, digits and hyphens, the same in every experiment
 * @param title for tables and charts
 */
public record Contestant(String name, String title, Kind kind, Launch launch) {}
