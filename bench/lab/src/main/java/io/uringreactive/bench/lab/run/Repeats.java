// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.result.Result.Discard;
import io.uringreactive.bench.lab.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes samples again that something else disturbed. */
final class Repeats {
    private final Quiet quiet;
    private final Patience patience;
    private final List<Discard> discards = new ArrayList<>();

    Repeats(Quiet quiet, Patience patience) {
        this.quiet = quiet;
        this.patience = patience;
    }

    Sample take(Supplier<Sample> samples) {
        for (int repeats = 0; ; repeats++) {
            Sample sample = samples.get();
            if (!sample.disturbed() || isEnough(repeats)) {
                return sample;
            }
            discards.add(
                    new Discard(
                            sample.point(),
                            sample.contestant(),
                            sample.round(),
                            sample.otherLoad(),
                            sample.steal()));
            patience.await(sample.seconds());
        }
    }

    private boolean isEnough(int repeats) {
        return !patience.isLeft()
                && (repeats >= quiet.repeatsMax() || discards.size() >= quiet.discardsMax());
    }

    List<Discard> discards() {
        return List.copyOf(discards);
    }
}
