// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import io.uringreactive.Placement;
import io.uringreactive.Profile;
import io.uringreactive.ReceiveMode;
import io.uringreactive.boot.Fallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code server.uring.*}. What is not set has the value of the system property {@code uring.*} of
 * the same name, where there is one, or else the library's default.
 *
 * @param idleTimeout How long a connection may say nothing before it begins a request; then it is
 *     closed.
 * @param headerTimeout How long the head of a request may take from its first byte on; 408 after
 *     it.
 * @param bodyTimeout How long the next piece of a request's body may take while it is waited for;
 *     408 after it.
 * @param writeTimeout How long a client may take nothing of what is ready for it; then the
 *     connection is aborted.
 * @param minBytesPerSecond How fast a client must at least send a body and take a response while it
 *     is waited for; 0 for no such limit.
 * @param maxConnections Connections at a time; those above are answered with 503 and closed.
 * @param maxKeepAliveRequests Requests on one connection, the last of which is answered with
 *     Connection close.
 * @param maxInitialLineLength Size of a request's method and target; 414 above.
 * @param maxHeaders Field lines of a request, trailers included; 431 above.
 * @param maxBodySize Size of a request's body; 413 above.
 * @param maxDrainSize How much of a body that was left unread is read and dropped to keep the
 *     connection; above, it is closed after the response.
 * @param accessLog The log of requests.
 * @param backlog Connections that the kernel holds for accepting, per ring; bounded by
 *     net.core.somaxconn.
 * @param unclaimedTimeout After it a connection that was accepted and that nobody uses is aborted.
 * @param multishotAccept Whether one submission accepts connection after connection, or each needs
 *     its own.
 * @param acceptedMax Connections of the server at a time; those above wait unread, most of them in
 *     the backlog. 0 for no such limit.
 * @param acceptsPerSecond How many connections the server lets in on average; the others wait. 0
 *     for no such limit.
 * @param placement Which ring an accepted connection lives on.
 * @param noDelay Whether small writes leave at once (TCP_NODELAY).
 * @param keepAlive Whether the kernel probes idle peers (SO_KEEPALIVE).
 * @param receiveBufferBytes Size of a socket's receive buffer (SO_RCVBUF); 0 leaves it to the
 *     kernel.
 * @param sendBufferBytes Size of a socket's send buffer (SO_SNDBUF); 0 leaves it to the kernel.
 * @param unsentBytesMax How much that TCP has not sent a socket takes (TCP_NOTSENT_LOWAT), which
 *     bounds what slow clients cost; 0 leaves it to the kernel.
 * @param windowBytes How much of a connection may be received and not yet delivered, besides one
 *     buffer.
 * @param readIdleTimeout How long a client may send nothing while bytes are waited for; then it is
 *     aborted. 0 for ever.
 * @param sendHighWaterBytes How much may be queued on a connection before no more is asked of what
 *     is sent.
 * @param sendQueueBytesMax When so much of a connection waits to be sent, a send that brings more
 *     fails. 0 for no such limit.
 * @param writeIdleTimeout How long a client may take nothing of what is queued for it; then it is
 *     aborted. 0 for ever.
 * @param zeroCopyBytesMin Sends whose buffers have so many bytes on average are not copied, where
 *     kernel and network can do without (Linux 6.2); 0 for never.
 * @param closeTimeout How long a graceful close waits for the peer to take some of what is queued,
 *     again and again, and then for its end.
 * @param closeDiscardBytesMax How much input a graceful close discards before it gives up on the
 *     peer's end.
 * @param transport What the server runs on: uring, epoll, nio, or auto for the best one available.
 * @param fallback What to do where io_uring is not available: run on the next best transport, or
 *     fail to start.
 * @param rings Rings, each with a thread of its own. Setting this, or anything else of the rings,
 *     gives the application rings of its own.
 * @param submissionEntries Size of a ring's submission queue, a power of two.
 * @param completionEntries Size of a ring's completion queue, a power of two, at least twice the
 *     submission queue.
 * @param completionEntriesMax What a completion queue that overflows may grow to, a power of two,
 *     on the kernels of resize-kernels; 0 for no growth.
 * @param resizeKernels Releases on which queues may grow, separated by commas, or none: 7.1 stands
 *     for 7.1.9 too (Linux 6.13).
 * @param minWait Under load, how long a ring waits for as many completions as it had before, once
 *     it has one (Linux 6.12); 0 for no such wait.
 * @param busyPoll How long a ring that waits asks the network cards for packets before it sleeps
 *     (NAPI, Linux 6.9); 0 for not at all.
 * @param pollingIdle How long a thread of the kernel's, which takes the submissions of all rings
 *     without a system call (SQPOLL), looks for more before it sleeps; 0 for no such thread.
 * @param blockedAfter How long a ring may run one turn before that is logged, with the stack of
 *     what blocks it; 0 for never.
 * @param directDescriptors Size of a ring's table of direct descriptors; 0 for no table (Linux
 *     6.13).
 * @param bufferCount Provided buffers of a ring, a power of two.
 * @param bufferCountMax How many provided buffers a ring may come to have when they run low, a
 *     power of two; 0 for no more than at first.
 * @param bufferBytes Size of a provided buffer.
 * @param zeroBuffers Whether what a provided buffer held is overwritten with zeros when it is
 *     released.
 * @param receiveMode How bounded demand reaches the kernel.
 * @param receiveBundles Whether one completion may bring several buffers (Linux 6.15).
 * @param profile What the kernel lets a ring do; it refuses the rest.
 */
@ConfigurationProperties("server.uring")
public record UringServerProperties(
        @Nullable Duration idleTimeout,
        @Nullable Duration headerTimeout,
        @Nullable Duration bodyTimeout,
        @Nullable Duration writeTimeout,
        @Nullable Integer minBytesPerSecond,
        @Nullable Integer maxConnections,
        @Nullable Integer maxKeepAliveRequests,
        @Nullable DataSize maxInitialLineLength,
        @Nullable Integer maxHeaders,
        @Nullable DataSize maxBodySize,
        @Nullable DataSize maxDrainSize,
        @DefaultValue AccessLog accessLog,
        @Nullable Integer backlog,
        @Nullable Duration unclaimedTimeout,
        @Nullable Boolean multishotAccept,
        @Nullable Integer acceptedMax,
        @Nullable Integer acceptsPerSecond,
        @Nullable Placement placement,
        @Nullable Boolean noDelay,
        @Nullable Boolean keepAlive,
        @Nullable DataSize receiveBufferBytes,
        @Nullable DataSize sendBufferBytes,
        @Nullable DataSize unsentBytesMax,
        @Nullable DataSize windowBytes,
        @Nullable Duration readIdleTimeout,
        @Nullable DataSize sendHighWaterBytes,
        @Nullable DataSize sendQueueBytesMax,
        @Nullable Duration writeIdleTimeout,
        @Nullable DataSize zeroCopyBytesMin,
        @Nullable Duration closeTimeout,
        @Nullable DataSize closeDiscardBytesMax,
        @Nullable String transport,
        @DefaultValue("transport") Fallback fallback,
        @Nullable Integer rings,
        @Nullable Integer submissionEntries,
        @Nullable Integer completionEntries,
        @Nullable Integer completionEntriesMax,
        @Nullable String resizeKernels,
        @Nullable Duration minWait,
        @Nullable Duration busyPoll,
        @Nullable Duration pollingIdle,
        @Nullable Duration blockedAfter,
        @Nullable Integer directDescriptors,
        @Nullable Integer bufferCount,
        @Nullable Integer bufferCountMax,
        @Nullable DataSize bufferBytes,
        @Nullable Boolean zeroBuffers,
        @Nullable ReceiveMode receiveMode,
        @Nullable Boolean receiveBundles,
        @Nullable Profile profile) {
    /**
     * {@code server.uring.access-log.*}.
     *
     * @param enabled Whether each request is logged, to io.uringreactive.http.access at INFO.
     */
    public record AccessLog(@DefaultValue("false") boolean enabled) {}
}
