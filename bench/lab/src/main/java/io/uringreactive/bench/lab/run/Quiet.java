// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

/**
 * What a sample may suffer from others before it is discarded, as shares of the used cores' time,
 * and how often it is repeated.
 *
 * @param repeatsMax of one sample; the last one is kept, marked as disturbed
 * @param discardsMax of the whole run, so that a busy machine does not hold it up for hours
 * @param patienceSeconds to wait in all for a calm machine; the two limits count after that
 */
public record Quiet(
        double otherLoadMax,
        double stealMax,
        int repeatsMax,
        int discardsMax,
        double patienceSeconds) {
    boolean isDisturbed(Meter meter) {
        return meter.otherLoad() > otherLoadMax || meter.steal() > stealMax;
    }
}
