// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void shouldAgreeOnRandomPieces() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int accepted = 0;
        java.util.Map<String, Integer> seen = new java.util.TreeMap<>();
        long t = System.nanoTime();
        int n = 300000;
        for (int i = 0; i < n; i++) {
            byte[] input = new byte[3 + random.nextInt(60)];
            for (int j = 3; j < input.length; j++) {
                input[j] =
                        (byte)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(256)
                                        : random.nextInt(8) == 0 ? random.nextInt(24) : 0);
            }
            input[0] = 1;
            input[1] = (byte) random.nextInt();
            input[2] = (byte) random.nextInt();
            try {
                byte[] bytes = WireFuzz.bytes(input);
                accepted += Agreement.check(bytes, WireFuzz.cut(input, bytes.length)) > 0 ? 1 : 0;
            } catch (AssertionError e) {
                String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                if (seen.merge(line, 1, Integer::sum) <= 4) System.out.println(e.getMessage());
            }
        }
        System.out.println(
                seen
                        + " accepted "
                        + accepted
                        + " of "
                        + n
                        + " in "
                        + (System.nanoTime() - t) / 1e9);
    }
}
