// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot.autoconfigure;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.ListenOptions;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.SocketOptions;
import io.uringreactive.http.HttpOptions;
import io.uringreactive.sys.ring.RingConfig;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/** {@code server.uring.*} as the options of the server and of its rings. */
final class PropertyOptions {
    private final UringServerProperties properties;

    PropertyOptions(UringServerProperties properties) {
        this.properties = properties;
    }

    HttpOptions http(HttpOptions options) {
        return Chain.of(options)
                .with(properties.idleTimeout(), HttpOptions::idleTimeout)
                .with(properties.headerTimeout(), HttpOptions::headerTimeout)
                .with(properties.bodyTimeout(), HttpOptions::bodyTimeout)
                .with(properties.writeTimeout(), HttpOptions::writeTimeout)
                .with(properties.minBytesPerSecond(), HttpOptions::bytesPerSecondMin)
                .with(properties.maxConnections(), HttpOptions::connectionsMax)
                .with(properties.maxKeepAliveRequests(), HttpOptions::requestsMax)
                .withBytes(properties.maxInitialLineLength(), HttpOptions::requestLineBytesMax)
                .with(properties.maxHeaders(), HttpOptions::headersMax)
                .with(properties.maxBodySize(), PropertyOptions::bodyMax)
                .with(properties.maxDrainSize(), PropertyOptions::drainMax)
                .then(current -> current.accessLog(properties.accessLog().enabled()))
                .then(current -> current.listen(listen(current.listen())))
                .done();
    }

    private static HttpOptions bodyMax(HttpOptions options, DataSize size) {
        return options.bodyBytesMax(size.toBytes());
    }

    private static HttpOptions drainMax(HttpOptions options, DataSize size) {
        return options.drainBytesMax(size.toBytes());
    }

    private ListenOptions listen(ListenOptions options) {
        return Chain.of(options)
                .with(properties.backlog(), ListenOptions::backlog)
                .with(properties.unclaimedTimeout(), ListenOptions::unclaimedTimeout)
                .with(properties.multishotAccept(), ListenOptions::multishotAccept)
                .with(properties.acceptedMax(), ListenOptions::acceptedMax)
                .with(properties.acceptsPerSecond(), ListenOptions::acceptsPerSecond)
                .with(properties.placement(), ListenOptions::placement)
                .then(current -> current.socket(socket(current.socket())))
                .then(current -> current.connection(connection(current.connection())))
                .done();
    }

    private SocketOptions socket(SocketOptions options) {
        return Chain.of(options)
                .with(properties.noDelay(), SocketOptions::noDelay)
                .with(properties.keepAlive(), SocketOptions::keepAlive)
                .withBytes(properties.receiveBufferBytes(), SocketOptions::receiveBufferBytes)
                .withBytes(properties.sendBufferBytes(), SocketOptions::sendBufferBytes)
                .withBytes(properties.unsentBytesMax(), SocketOptions::unsentBytesMax)
                .done();
    }

    private ConnectionOptions connection(ConnectionOptions options) {
        return Chain.of(options)
                .withBytes(properties.windowBytes(), ConnectionOptions::windowBytes)
                .with(properties.readIdleTimeout(), ConnectionOptions::readIdleTimeout)
                .withBytes(properties.sendHighWaterBytes(), ConnectionOptions::sendHighWaterBytes)
                .withBytes(properties.sendQueueBytesMax(), ConnectionOptions::sendQueueBytesMax)
                .with(properties.writeIdleTimeout(), ConnectionOptions::writeIdleTimeout)
                .withBytes(properties.zeroCopyBytesMin(), ConnectionOptions::zeroCopyBytesMin)
                .with(properties.closeTimeout(), ConnectionOptions::closeTimeout)
                .withBytes(
                        properties.closeDiscardBytesMax(), ConnectionOptions::closeDiscardBytesMax)
                .done();
    }

    RingGroupOptions rings(RingGroupOptions options) {
        return Chain.of(options)
                .with(properties.rings(), RingGroupOptions::rings)
                .then(current -> current.ring(queues(current.ring())))
                .with(properties.completionEntriesMax(), RingGroupOptions::completionEntriesMax)
                .with(properties.minWait(), RingGroupOptions::minWait)
                .with(properties.pollingIdle(), RingGroupOptions::pollingIdle)
                .with(properties.blockedAfter(), RingGroupOptions::blockedAfter)
                .with(properties.directDescriptors(), RingGroupOptions::directDescriptors)
                .with(properties.bufferCount(), (o, count) -> o.buffers(count, o.bufferBytes()))
                .withBytes(
                        properties.bufferBytes(), (o, bytes) -> o.buffers(o.bufferCount(), bytes))
                .with(properties.bufferCountMax(), RingGroupOptions::bufferCountMax)
                .with(properties.zeroBuffers(), RingGroupOptions::zeroBuffers)
                .with(properties.receiveMode(), RingGroupOptions::receiveMode)
                .with(properties.receiveBundles(), RingGroupOptions::receiveBundles)
                .with(properties.profile(), RingGroupOptions::profile)
                .done();
    }

    private RingConfig queues(RingConfig config) {
        Integer submission = properties.submissionEntries();
        Integer completion = properties.completionEntries();
        RingConfig sized =
                config.withEntries(
                        submission == null ? config.submissionEntries() : submission,
                        completion == null ? config.completionEntries() : completion);
        return Chain.of(sized)
                .with(
                        properties.resizeKernels(),
                        (current, kernels) ->
                                current.withResizeOn(
                                        StringUtils.tokenizeToStringArray(kernels, ",")))
                .with(
                        properties.busyPoll(),
                        (current, time) -> current.withBusyPoll((int) (time.toNanos() / 1000)))
                .done();
    }
}
