// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.http.HttpOptions;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code server.uring.*}, by what they change. */
class PropertiesTest extends ServedContext {
    @Test
    void shouldHaveTheLibrarysDefaults() {
        serving()
                .run(
                        context ->
                                assertEquals(
                                        HttpOptions.port(0)
                                                .headerBytesMax(8192)
                                                .listen(options.get().listen()),
                                        options.get()));
    }

    @Test
    void shouldTakeEverythingOfTheServer() {
        serving()
                .withPropertyValues(
                        "server.uring.idle-timeout=11s",
                        "server.uring.header-timeout=12s",
                        "server.uring.body-timeout=13s",
                        "server.uring.write-timeout=14s",
                        "server.uring.max-connections=15",
                        "server.uring.max-keep-alive-requests=16",
                        "server.uring.max-initial-line-length=17KB",
                        "server.uring.max-headers=18",
                        "server.uring.max-body-size=3GB",
                        "server.uring.max-drain-size=19B",
                        "server.uring.access-log.enabled=true",
                        "server.server-header=Mine",
                        "server.max-http-request-header-size=20KB")
                .run(
                        context -> {
                            HttpOptions is = options.get();
                            assertEquals(11, is.idleTimeout().toSeconds());
                            assertEquals(12, is.headerTimeout().toSeconds());
                            assertEquals(13, is.bodyTimeout().toSeconds());
                            assertEquals(14, is.writeTimeout().toSeconds());
                            assertEquals(15, is.connectionsMax());
                            assertEquals(16, is.requestsMax());
                            assertEquals(17 * 1024, is.requestLineBytesMax());
                            assertEquals(18, is.headersMax());
                            assertEquals(3L << 30, is.bodyBytesMax());
                            assertEquals(19, is.drainBytesMax());
                            assertTrue(is.accessLog());
                            assertEquals("Mine", is.serverHeader());
                            assertEquals(20 * 1024, is.headerBytesMax());
                            HttpResponse<String> answer = Client.get(port(context), "/");
                            assertEquals("Mine", answer.headers().firstValue("Server").get());
                        });
    }

    @Test
    void shouldTakeEverythingOfConnections() {
        serving()
                .withPropertyValues(
                        "server.uring.backlog=11",
                        "server.uring.unclaimed-timeout=12s",
                        "server.uring.multishot-accept=false",
                        "server.uring.accepted-max=21",
                        "server.uring.accepts-per-second=22",
                        "server.uring.placement=least-connections",
                        "server.uring.no-delay=false",
                        "server.uring.keep-alive=true",
                        "server.uring.receive-buffer-bytes=13KB",
                        "server.uring.send-buffer-bytes=14KB",
                        "server.uring.unsent-bytes-max=19KB",
                        "server.uring.window-bytes=15KB",
                        "server.uring.read-idle-timeout=23s",
                        "server.uring.send-high-water-bytes=16KB",
                        "server.uring.send-queue-bytes-max=24KB",
                        "server.uring.write-idle-timeout=25s",
                        "server.uring.zero-copy-bytes-min=26KB",
                        "server.uring.close-timeout=17s",
                        "server.uring.close-discard-bytes-max=18B")
                .run(
                        context -> {
                            String is = options.get().listen().toString();
                            for (String part :
                                    new String[] {
                                        "backlog=11",
                                        "PT12S",
                                        "multishotAccept=false",
                                        "acceptedMax=21",
                                        "acceptsPerSecond=22",
                                        "LEAST_CONNECTIONS",
                                        "noDelay=false",
                                        "keepAlive=true",
                                        "receiveBufferBytes=13312",
                                        "sendBufferBytes=14336",
                                        "unsentBytesMax=19456",
                                        "windowBytes=15360",
                                        "readIdleTimeout=PT23S",
                                        "sendHighWaterBytes=16384",
                                        "sendQueueBytesMax=24576",
                                        "writeIdleTimeout=PT25S",
                                        "zeroCopyBytesMin=26624",
                                        "closeTimeout=PT17S",
                                        "closeDiscardBytesMax=18"
                                    }) {
                                assertTrue(is.contains(part), () -> part + " in " + is);
                            }
                        });
    }

    @Test
    void shouldTakeEverythingOfRings() {
        AtomicReference<String> rings = new AtomicReference<>("");
        AtomicReference<RingGroup> group = new AtomicReference<>();
        serving()
                .withBean(
                        RingGroupCustomizer.class,
                        () ->
                                value -> {
                                    rings.set(value.toString());
                                    return value;
                                })
                .withPropertyValues(
                        "server.uring.rings=1",
                        "server.uring.submission-entries=64",
                        "server.uring.completion-entries=256",
                        "server.uring.completion-entries-max=512",
                        "server.uring.resize-kernels=99.1,99.2",
                        "server.uring.min-wait=30us",
                        "server.uring.busy-poll=40us",
                        "server.uring.polling-idle=20ms",
                        "server.uring.blocked-after=750ms",
                        "server.uring.direct-descriptors=256",
                        "server.uring.buffer-count=32",
                        "server.uring.buffer-count-max=64",
                        "server.uring.zero-buffers=true",
                        "server.uring.buffer-bytes=4KB",
                        "server.uring.receive-mode=one-shot",
                        "server.uring.receive-bundles=true",
                        "server.uring.profile=network-and-files",
                        "server.uring.fallback=fail",
                        "server.uring.transport=uring")
                .run(
                        context -> {
                            for (String part :
                                    new String[] {
                                        "rings=1",
                                        "submissionEntries=64",
                                        "completionEntries=256",
                                        "pollingIdle=PT0.02S",
                                        "completionEntriesMax=512",
                                        "99.2",
                                        "minWait=PT0.00003S",
                                        "busyPollMicros=40",
                                        "bufferCountMax=64",
                                        "zeroBuffers=true",
                                        "blockedAfter=PT0.75S",
                                        "directDescriptors=256",
                                        "bufferCount=32",
                                        "bufferBytes=4096",
                                        "receiveMode=ONE_SHOT",
                                        "receiveBundles=true",
                                        "profile=NETWORK_AND_FILES"
                                    }) {
                                assertTrue(rings.get().contains(part), () -> part + rings.get());
                            }
                            assertEquals(TEXT, Client.get(port(context), "/").body());
                            group.set(assertInstanceOf(RingGroup.class, running(context)));
                            assertNotSame(RingGroup.shared(), group.get());
                        });
        assertTrue(group.get().isDisposed(), "ends with the application");
    }

    @Test
    void shouldAskCustomizersAfterProperties() {
        serving()
                .withBean(
                        "later",
                        UringServerCustomizer.class,
                        () -> value -> value.serverHeader("By hand"))
                .withPropertyValues("server.server-header=By property")
                .run(
                        context ->
                                assertEquals(
                                        "By hand",
                                        Client.get(port(context), "/")
                                                .headers()
                                                .firstValue("Server")
                                                .get()));
    }
}
