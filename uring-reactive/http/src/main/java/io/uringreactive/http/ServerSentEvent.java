// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import org.jspecify.annotations.Nullable;

/**
 * An event of a {@code text/event-stream}, as the HTML standard defines it.
 *
 * @param event its type; null for a message
 * @param id what a client that reconnects sends as Last-Event-ID; null for none
 * @param data its text; line ends in it are kept
 */
public record ServerSentEvent(@Nullable String event, @Nullable String id, String data) {
    public ServerSentEvent {
        if (isCut(event) || isCut(id)) {
            throw new IllegalArgumentException("type and id are of one line");
        }
    }

    private static boolean isCut(@Nullable String text) {
        return text != null
                && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf(0) >= 0);
    }

    /** A message of {@code data} alone. */
    public static ServerSentEvent data(String data) {
        return new ServerSentEvent(null, null, data);
    }

    /** As it is sent. */
    String text() {
        StringBuilder text = new StringBuilder(data.length() + 16);
        if (event != null) {
            text.append("event: ").append(event).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString();
    }
}
