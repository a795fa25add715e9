// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One request as one parser read it. Its head is there; the rest may have come or not. */
final class ReadRequest {
    /** Method, target and version. */
    final String line;

    /** Name, in lower case, and value of each, in order. */
    final List<String> fields = new ArrayList<>();

    final StringBuilder body = new StringBuilder();
    final List<String> trailers = new ArrayList<>();

    private int end = -1;

    ReadRequest(String method, String target, String version) {
        line = method + " " + target + " " + version;
    }

    void field(CharSequence name, CharSequence value) {
        fields.add(lower(name) + ": " + value);
    }

    void trailer(CharSequence name, CharSequence value) {
        trailers.add(lower(name) + ": " + value);
    }

    /** RFC 9110, 5.1: names have no case; Jetty writes some in its own. */
    private static String lower(CharSequence name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    void content(byte[] bytes) {
        body.append(new String(bytes, ISO_8859_1));
    }

    /** The byte behind it, where the next request begins. */
    void end(int at) {
        end = at;
    }

    boolean isComplete() {
        return end >= 0;
    }

    int end() {
        return end;
    }

    /** What an application sees of it, but for content that has not all come. */
    String head() {
        return line + " " + fields;
    }

    @Override
    public String toString() {
        return head()
                + " body ["
                + body
                + "] trailers "
                + trailers
                + (isComplete() ? " up to byte " + end : " unfinished");
    }
}
