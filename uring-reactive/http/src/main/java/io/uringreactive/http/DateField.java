// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The field Date, formatted once a second. Safe from any thread. */
final class DateField {
    /** RFC 9110, 5.6.7: IMF-fixdate, which has two digits for the day, unlike Java's RFC_1123. */
    static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private record Second(long second, AsciiString text) {}

    private volatile Second current = new Second(-1, AsciiString.EMPTY_STRING);

    void set(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, text());
        }
    }

    AsciiString text() {
        long now = System.currentTimeMillis() / 1000;
        Second cached = current;
        if (cached.second() != now) {
            cached = new Second(now, AsciiString.of(FORMAT.format(Instant.ofEpochSecond(now))));
            current = cached;
        }
        return cached.text();
    }
}
