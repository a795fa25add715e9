// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.process.LabException;

/** Compares a whole reply to {@code GET /} with what it should be. */
final class HttpCheck {
    /** The size of the reply, head and body. */
    static int replyBytes(Target target, String body) {
        HttpReply reply = HttpReply.get(target);
        if (!reply.isOk() || !reply.body().equals(body)) {
            throw new LabException(
                    "%s: a reply of status 200 with '%s' is wanted, not\n%s%s"
                            .formatted(target.contestant(), body, reply.head(), reply.body()));
        }
        return reply.bytes();
    }

    private HttpCheck() {}
}
