// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.uringreactive.ListenOptions;
import io.uringreactive.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP server listens and what it puts up with. Immutable.
 *
 * @param listen the address and everything else of the sockets
 * @param transport what listens; null, the default, is {@link io.uringreactive.Net#transport()}
 * @param requestLineBytesMax bytes of method, target and the spaces behind them; 414 above
 * @param headerBytesMax bytes of a request's field lines, trailers and chunk extensions; 431 above
 * @param headersMax how many field lines a request may have, trailers included; 431 above
 * @param bodyBytesMax bytes of a request's body; 413 above. Bodies are streamed, so the default is
 *     no limit
 * @param drainBytesMax bytes of a body that its handler left unread which are read and dropped to
 *     keep the connection; above, it is closed after the response
 * @param requestsMax requests on one connection, the last of which is answered with {@code
 *     Connection: close}
 * @param connectionsMax connections at a time; those above are answered with 503 and closed
 * @param idleTimeout how long a connection may say nothing before it begins a request; then it is
 *     closed
 * @param headerTimeout how long a request's head may take from its first byte on; 408 after it
 * @param bodyTimeout how long the client may send nothing of a body, or less of it than {@code
 *     bytesPerSecondMin} makes in that time, while the handler waits for more; 408 after it
 * @param writeTimeout how long the client may take nothing of what is ready for it, or less than
 *     {@code bytesPerSecondMin} makes in that time; then the connection is aborted
 * @param bytesPerSecondMin how fast a client must at least send a body and take a response while it
 *     is waited for; the default, 16, is passed by events that are some seconds apart and not by
 *     who holds on to a connection with a byte now and then. 0 for no such limit
 * @param serverHeader value of the field Server; null, the default, sends none
 * @param accessLog whether each request is logged, to {@code io.uringreactive.http.access} at INFO
 * @param forwarded whether what {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For}, {@code
 *     -Proto}, {@code -Host}, {@code -Port} and {@code -Prefix} say of a request's client, scheme,
 *     host and path is believed; only for a server that nobody reaches but through a proxy that
 *     sets them
 * @param compression which responses are compressed; null, the default, compresses none
 */
public record HttpOptions(
        ListenOptions listen,
        @Nullable Transport transport,
        int requestLineBytesMax,
        int headerBytesMax,
        int headersMax,
        long bodyBytesMax,
        long drainBytesMax,
        int requestsMax,
        int connectionsMax,
        Duration idleTimeout,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        int bytesPerSecondMin,
        @Nullable String serverHeader,
        boolean accessLog,
        boolean forwarded,
        @Nullable HttpCompression compression) {
    public HttpOptions {
        require(requestLineBytesMax >= 16, "requestLineBytesMax must be at least 16");
        require(headerBytesMax >= 64, "headerBytesMax must be at least 64");
        require(headersMax >= 1, "headersMax must be at least 1");
        require(bodyBytesMax >= 0, "bodyBytesMax must not be negative");
        require(drainBytesMax >= 0, "drainBytesMax must not be negative");
        require(requestsMax >= 1, "requestsMax must be at least 1");
        require(connectionsMax >= 1, "connectionsMax must be at least 1");
        require(isTime(idleTimeout), "idleTimeout must be at least 10 ms");
        require(isTime(headerTimeout), "headerTimeout must be at least 10 ms");
        require(isTime(bodyTimeout), "bodyTimeout must be at least 10 ms");
        require(isTime(writeTimeout), "writeTimeout must be at least 10 ms");
        require(bytesPerSecondMin >= 0, "bytesPerSecondMin must not be negative");
        if (serverHeader != null) {
            // Refuses what would end the field.
            new DefaultHttpHeaders().set(HttpHeaderNames.SERVER, serverHeader);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isTime(Duration value) {
        return value.compareTo(Duration.ofMillis(10)) >= 0;
    }

    /** On {@code port} of every address; 0 lets the kernel choose. */
    public static HttpOptions port(int port) {
        return new HttpOptions(
                ListenOptions.port(port),
                null,
                4096,
                8192,
                100,
                Long.MAX_VALUE,
                256 * 1024,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                16,
                null,
                false,
                false,
                null);
    }

    public HttpOptions listen(ListenOptions value) {
        Draft draft = new Draft(this);
        draft.listen = value;
        return draft.done();
    }

    public HttpOptions transport(Transport value) {
        Draft draft = new Draft(this);
        draft.transport = value;
        return draft.done();
    }

    public HttpOptions requestLineBytesMax(int value) {
        Draft draft = new Draft(this);
        draft.requestLineBytesMax = value;
        return draft.done();
    }

    public HttpOptions headerBytesMax(int value) {
        Draft draft = new Draft(this);
        draft.headerBytesMax = value;
        return draft.done();
    }

    public HttpOptions headersMax(int value) {
        Draft draft = new Draft(this);
        draft.headersMax = value;
        return draft.done();
    }

    public HttpOptions bodyBytesMax(long value) {
        Draft draft = new Draft(this);
        draft.bodyBytesMax = value;
        return draft.done();
    }

    public HttpOptions drainBytesMax(long value) {
        Draft draft = new Draft(this);
        draft.drainBytesMax = value;
        return draft.done();
    }

    public HttpOptions requestsMax(int value) {
        Draft draft = new Draft(this);
        draft.requestsMax = value;
        return draft.done();
    }

    public HttpOptions connectionsMax(int value) {
        Draft draft = new Draft(this);
        draft.connectionsMax = value;
        return draft.done();
    }

    public HttpOptions idleTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.idleTimeout = value;
        return draft.done();
    }

    public HttpOptions headerTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.headerTimeout = value;
        return draft.done();
    }

    public HttpOptions bodyTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.bodyTimeout = value;
        return draft.done();
    }

    public HttpOptions writeTimeout(Duration value) {
        Draft draft = new Draft(this);
        draft.writeTimeout = value;
        return draft.done();
    }

    public HttpOptions bytesPerSecondMin(int value) {
        Draft draft = new Draft(this);
        draft.bytesPerSecondMin = value;
        return draft.done();
    }

    public HttpOptions serverHeader(@Nullable String value) {
        Draft draft = new Draft(this);
        draft.serverHeader = value;
        return draft.done();
    }

    public HttpOptions accessLog(boolean value) {
        Draft draft = new Draft(this);
        draft.accessLog = value;
        return draft.done();
    }

    public HttpOptions forwarded(boolean value) {
        Draft draft = new Draft(this);
        draft.forwarded = value;
        return draft.done();
    }

    public HttpOptions compression(@Nullable HttpCompression value) {
        Draft draft = new Draft(this);
        draft.compression = value;
        return draft.done();
    }

    /**
     * A copy that one component is changed in: a constructor call for each would hide a mistake.
     */
    private static final class Draft {
        private ListenOptions listen;
        private @Nullable Transport transport;
        private int requestLineBytesMax;
        private int headerBytesMax;
        private int headersMax;
        private long bodyBytesMax;
        private long drainBytesMax;
        private int requestsMax;
        private int connectionsMax;
        private Duration idleTimeout;
        private Duration headerTimeout;
        private Duration bodyTimeout;
        private Duration writeTimeout;
        private int bytesPerSecondMin;
        private @Nullable String serverHeader;
        private boolean accessLog;
        private boolean forwarded;
        private @Nullable HttpCompression compression;

        Draft(HttpOptions from) {
            listen = from.listen;
            transport = from.transport;
            requestLineBytesMax = from.requestLineBytesMax;
            headerBytesMax = from.headerBytesMax;
            headersMax = from.headersMax;
            bodyBytesMax = from.bodyBytesMax;
            drainBytesMax = from.drainBytesMax;
            requestsMax = from.requestsMax;
            connectionsMax = from.connectionsMax;
            idleTimeout = from.idleTimeout;
            headerTimeout = from.headerTimeout;
            bodyTimeout = from.bodyTimeout;
            writeTimeout = from.writeTimeout;
            bytesPerSecondMin = from.bytesPerSecondMin;
            serverHeader = from.serverHeader;
            accessLog = from.accessLog;
            forwarded = from.forwarded;
            compression = from.compression;
        }

        HttpOptions done() {
            return new HttpOptions(
                    listen,
                    transport,
                    requestLineBytesMax,
                    headerBytesMax,
                    headersMax,
                    bodyBytesMax,
                    drainBytesMax,
                    requestsMax,
                    connectionsMax,
                    idleTimeout,
                    headerTimeout,
                    bodyTimeout,
                    writeTimeout,
                    bytesPerSecondMin,
                    serverHeader,
                    accessLog,
                    forwarded,
                    compression);
        }
    }
}
