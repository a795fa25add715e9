// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of RFC 9110, 14.1.2.
 *
 * @param first its first byte
 * @param count its bytes; 0 for one that lies outside
 */
record ByteRange(long first, long count) {
    /** 18 digits are less than a long holds. */
    private static final Pattern ONE =
            Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

    /** Null for what may be ignored: several ranges, other units, what is not valid. */
    static @Nullable ByteRange parse(String field, long size) {
        Matcher matcher = ONE.matcher(field.strip());
        if (!matcher.matches()) {
            return null;
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        if (last < first) {
            return null;
        }
        return first >= size
                ? new ByteRange(0, 0)
                : new ByteRange(first, Math.min(last, size - 1) - first + 1);
    }

    private static ByteRange suffix(long length, long size) {
        long count = Math.min(length, size);
        return new ByteRange(size - count, count);
    }

    boolean isUnsatisfiable() {
        return count == 0;
    }

    String text(long size) {
        return "bytes " + first + "-" + (first + count - 1) + "/" + size;
    }
}
