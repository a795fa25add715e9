// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one parser made of the bytes of a connection: requests, and why it stopped, if it did. */
final class Reading {
    final List<ReadRequest> requests = new ArrayList<>();

    private @Nullable String refusal;

    void refuse(String why) {
        refusal = why;
    }

    /** Why it took no more; null where it would. */
    @Nullable String refusal() {
        return refusal;
    }

    ReadRequest last() {
        return requests.getLast();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        requests.forEach(request -> text.append("\n    ").append(request));
        return text.append(refusal == null ? "\n    and waits" : "\n    " + refusal).toString();
    }
}
