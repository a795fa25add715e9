// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;

/**
 * Which responses are compressed, for clients that accept gzip. Immutable.
 *
 * @param bytesMin responses of a known length below it are left alone
 * @param types media types without parameters, such as {@code text/html}; {@code text/*} and {@code
 *     *}{@code /*} stand for many; none at all stands for every type
 * @param userAgentsExcluded whole values of User-Agent that get everything uncompressed, whatever
 *     they say that they accept
 */
public record HttpCompression(long bytesMin, List<String> types, List<String> userAgentsExcluded) {
    public HttpCompression {
        types = List.copyOf(types);
        userAgentsExcluded = List.copyOf(userAgentsExcluded);
    }
}
