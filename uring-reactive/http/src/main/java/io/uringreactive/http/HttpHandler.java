// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import org.reactivestreams.Publisher;

/** Answers requests. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request. Called and subscribed on the connection's thread, which it must not
     * block.
     *
     * <p>What it returns emits nothing. When it completes and nothing was sent, the response is the
     * status and headers set so far, without content. When it fails before the response is
     * committed, the response is 500 (or what a {@link RequestRejected} says) and the error is
     * logged; when it fails after that, the connection is closed without an end of the body. It is
     * cancelled when the client leaves. The next request of the connection waits for its
     * completion.
     */
    Publisher<Void> handle(HttpRequest request, HttpResponse response);
}
