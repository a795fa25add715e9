// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A transport that breaks one promise, and the test that must notice. */
interface Mutant {
    String name();

    /** {@code Theme#test}. */
    String caughtBy();

    /** One for each test. */
    Breakage breakage();

    static List<Mutant> all() {
        return Stream.<Mutant[]>of(
                        ReceiveMutant.values(), SendMutant.values(), ServeMutant.values())
                .flatMap(Arrays::stream)
                .toList();
    }
}
