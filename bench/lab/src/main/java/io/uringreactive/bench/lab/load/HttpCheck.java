// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import io.uringreactive.bench.lab.process.LabException;

/** Compares a whole reply with what it should be. */
final class HttpCheck {
    /** The size of the reply, head and body. */
    static int replyBytes(Target target, Page page) {
        HttpReply reply = HttpReply.get(target, page.path());
        if (!reply.isOk() || !reply.body().equals(page.body())) {
            throw new LabException(
                    "%s: a reply of status 200 with '%s' is wanted at %s, not\n%s%s"
                            .formatted(
                                    target.contestant(),
                                    page.body(),
                                    page.path(),
                                    reply.head(),
                                    reply.body()));
        }
        return reply.bytes();
    }

    private HttpCheck() {}
}
