// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.uringreactive.Connection;
import java.io.IOException;
import reactor.util.Logger;
import reactor.util.Loggers;

/** What a server writes to its log. */
final class ServerLog {
    private static final Logger LOG = Loggers.getLogger(UringHttp.class);
    private static final Logger ACCESS = Loggers.getLogger("io.uringreactive.http.access");

    private final boolean access;

    ServerLog(boolean access) {
        this.access = access;
    }

    /** What the clock says, for {@link #onEnd}: it is not looked at for nothing. */
    long now() {
        return access ? System.nanoTime() : 0;
    }

    /** A handler's failure: once for each request, and not for what the client did. */
    void onHandlerError(HttpRequest request, boolean committed, Throwable error) {
        if (error instanceof AbortedException) {
            LOG.debug("{} was given up: {}", request, error.getMessage());
        } else {
            LOG.error(
                    "{} failed; {}",
                    request,
                    committed ? "the connection is aborted" : "the answer is 500",
                    error);
        }
    }

    void onConnectionFailure(Connection connection, Throwable error) {
        if (error instanceof IOException) {
            LOG.debug("{} ended: {}", connection, error.getMessage());
        } else {
            LOG.warn("{} failed", connection, error);
        }
    }

    void onRefused(Connection connection, HttpResponseStatus status, String why) {
        LOG.debug("{} is answered with {}: {}", connection, status, why);
        if (access) {
            ACCESS.info("{} - {} {}", connection.remoteAddress(), status.code(), why);
        }
    }

    /** {@code 127.0.0.1:40000 "GET /a HTTP/1.1" 200 13 250us}; a status of 0 was never sent. */
    void onEnd(HttpRequest request, ServerResponse response, long startedNanos) {
        if (access) {
            ACCESS.info(
                    "{} \"{} {}\" {} {} {}us",
                    request.remoteAddress(),
                    request,
                    request.version(),
                    response.isCommitted() ? response.status().code() : 0,
                    response.sentBytes(),
                    (now() - startedNanos) / 1000);
        }
    }
}
