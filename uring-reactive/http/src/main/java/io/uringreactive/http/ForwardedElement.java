// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of one element of {@code Forwarded} (RFC 7239, 4). */
final class ForwardedElement {
    /** {@code name=token} or {@code name="quoted"}, and what follows it. */
    private static final Pattern PAIR =
            Pattern.compile(
                    "[ \\t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)="
                            + "(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^ \\t\",;]*+))[ \\t]*([;,]|$)");

    private final Map<String, String> parameters;

    private ForwardedElement(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** The element that the proxy next to the client has added; empty where it is malformed. */
    static ForwardedElement first(String field) {
        Map<String, String> parameters = new HashMap<>();
        Matcher pair = PAIR.matcher(field);
        int at = 0;
        while (at < field.length()) {
            pair.region(at, field.length());
            if (!pair.lookingAt()) {
                return new ForwardedElement(Map.of());
            }
            String quoted = pair.group(2);
            parameters.putIfAbsent(
                    pair.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? pair.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            at = pair.group(4).equals(",") ? field.length() : pair.end();
        }
        return new ForwardedElement(parameters);
    }

    /** The value of {@code name}, in lower case; null without one. */
    @Nullable String get(String name) {
        return parameters.get(name);
    }
}
