// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a client says of the codings that it takes (RFC 9110, 12.5.3). */
final class AcceptEncoding {
    private static final Pattern COMMA = Pattern.compile(",");

    /** Not named. */
    private static final float NONE = -1;

    /** Whether the client takes gzip, and does not like it less than no coding at all. */
    static boolean takesGzip(List<String> fields) {
        float gzip = NONE;
        float star = NONE;
        float identity = NONE;
        for (String field : fields) {
            for (String element : COMMA.split(field, -1)) {
                int parameters = element.indexOf(';');
                String name = parameters < 0 ? element : element.substring(0, parameters);
                float quality = parameters < 0 ? 1 : quality(element.substring(parameters + 1));
                switch (name.strip().toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> gzip = quality;
                    case "*" -> star = quality;
                    case "identity" -> identity = quality;
                    default -> {
                        // A coding that there is none of here.
                    }
                }
            }
        }
        float liked = gzip == NONE ? star : gzip;
        return liked > 0 && liked >= identity;
    }

    /** Of {@code q=0.5}; 0 where it is malformed, so that nobody gets what he did not ask for. */
    private static float quality(String parameter) {
        String text = parameter.strip().toLowerCase(Locale.ROOT);
        return text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
                ? Float.parseFloat(text.substring(2))
                : 0;
    }

    private AcceptEncoding() {}
}
