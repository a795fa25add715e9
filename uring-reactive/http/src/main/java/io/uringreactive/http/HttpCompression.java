// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which responses are compressed, for clients that accept gzip. Immutable.
 *
 * <p>Never compressed are those to HEAD and to HTTP/1.0, 204, 206 and 304, what has a coding or a
 * range already, and what says {@code Cache-Control: no-transform}.
 *
 * @param bytesMin responses of a known length below it are left alone; those of none are compressed
 * @param types media types without parameters, such as {@code text/html}; a star stands for any
 *     characters ({@code text/*}, {@code application/*+json}); none at all stands for every type. A
 *     response without a Content-Type, or with one that is none, is left alone
 * @param userAgentsExcluded whole values of User-Agent, in any case, that get everything
 *     uncompressed, whatever they say that they accept
 */
public record HttpCompression(long bytesMin, List<String> types, List<String> userAgentsExcluded) {
    public HttpCompression {
        types = List.copyOf(types);
        userAgentsExcluded = List.copyOf(userAgentsExcluded);
    }

    boolean excludes(@Nullable String userAgent) {
        return userAgent != null
                && userAgentsExcluded.stream().anyMatch(userAgent::equalsIgnoreCase);
    }

    /** Whether a response of that Content-Type is compressed. */
    boolean takes(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        String plain = type.strip().toLowerCase(Locale.ROOT);
        return plain.matches("[^/\\s]+/[^/\\s]+")
                && (types.isEmpty() || types.stream().anyMatch(wanted -> matches(wanted, plain)));
    }

    private static boolean matches(String wanted, String type) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int star = lower.indexOf('*');
        if (star < 0) {
            return type.equals(lower);
        }
        return lower.equals("*/*")
                || (type.startsWith(lower.substring(0, star))
                        && type.endsWith(lower.substring(star + 1)));
    }
}
