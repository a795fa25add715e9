// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.test.SelfSigned;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;

/**
 * Contexts whose random numbers come from a seed, with one key per JVM. It is an Ed25519 key: its
 * signatures are the same for the same input and always as long, so that a handshake has the same
 * bytes whenever its seed runs.
 */
final class Keys {
    private static final SelfSigned KEY = SelfSigned.of("Ed25519");

    static SSLContext server(long seed) {
        return KEY.context(random(seed));
    }

    static SSLContext client(long seed) {
        return KEY.context(random(~seed));
    }

    private static SecureRandom random(long seed) {
        try {
            // Seeded before its first use, this one repeats itself.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG", "SUN");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
            throw new AssertionError(e);
        }
    }

    private Keys() {}
}
