// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.result.Result.Discard;
import io.uringreactive.bench.lab.result.Sample;
import java.util.List;
import java.util.Map;

/**
 * What a run has measured.
 *
 * @param commands of the servers, by contestant
 * @param absent why a contestant did not take part
 * @param callCounter which program counted system calls; empty if none did
 * @param network what lay between servers and load
 */
public record Measured(
        List<Sample> samples,
        List<Discard> discards,
        Map<String, String> commands,
        Map<String, String> absent,
        String callCounter,
        String network) {}
