// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.tls;

import java.time.Duration;

/**
 * How long and how much. Immutable.
 *
 * @param handshakeTimeout from the start until the connection is secure; default 10 s
 * @param handshakeBytesMax how much the peer may send until then; default 128 KiB
 * @param closeTimeout how long a graceful close waits for what was sent before, and waits anew when
 *     the peer takes some of it; default 5 s, and then the transport's own limit
 */
public record TlsLimits(Duration handshakeTimeout, int handshakeBytesMax, Duration closeTimeout) {
    public TlsLimits {
        if (handshakeTimeout.isNegative() || handshakeTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "handshakeTimeout must be positive: " + handshakeTimeout);
        }
        if (handshakeBytesMax < 1 || closeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "handshakeBytesMax must be positive and closeTimeout not negative: "
                            + handshakeBytesMax
                            + ", "
                            + closeTimeout);
        }
    }

    public static TlsLimits defaults() {
        return new TlsLimits(Duration.ofSeconds(10), 128 * 1024, Duration.ofSeconds(5));
    }

    public TlsLimits handshakeTimeout(Duration value) {
        return new TlsLimits(value, handshakeBytesMax, closeTimeout);
    }

    public TlsLimits handshakeBytesMax(int value) {
        return new TlsLimits(handshakeTimeout, value, closeTimeout);
    }

    public TlsLimits closeTimeout(Duration value) {
        return new TlsLimits(handshakeTimeout, handshakeBytesMax, value);
    }
}
