// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.RingStatus;
import io.uringreactive.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** On io_uring, where connections and buffers are counted. */
class UringTransportTest extends RealTransportTest {
    private static final int BUFFERS = 64;

    @Override
    Transport open() {
        return RingGroup.create(RingGroupOptions.defaults().rings(1).buffers(BUFFERS, 4096));
    }

    /** What their bodies hold is copied out of the ring before it runs out. */
    @Test
    void shouldServeOthersWhileManyHandlersHoldTheirBodies() throws IOException {
        List<DataBuffer> held = new CopyOnWriteArrayList<>();
        serve(
                (request, response) ->
                        request.getBody()
                                .doOnNext(held::add)
                                .then(response.writeWith(ExchangeTest.mono(response, "hello"))));
        List<Socket> sockets = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (int i = 1; i <= 2 * BUFFERS; i++) {
                Socket socket = connect();
                sockets.add(socket);
                write(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
                while (held.size() < i) {
                    assertTrue(System.nanoTime() < deadline, () -> "starved: " + held.size());
                    Thread.onSpinWait();
                }
            }
            try (Socket socket = connect()) {
                write(socket, get("/"));
                readUntil(socket, "hello");
            }
        } finally {
            held.forEach(DataBufferUtils::release);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Override
    void awaitIdle(Transport used) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<RingStatus> rings = statuses(used);
        while (rings.stream().anyMatch(ring -> ring.connections() > 0 || ring.buffersOut() > 0)) {
            assertTrue(System.nanoTime() < deadline, "still held: " + rings);
            Thread.onSpinWait();
            rings = statuses(used);
        }
    }

    private static List<RingStatus> statuses(Transport used) {
        return Flux.fromIterable(((RingGroup) used).rings())
                .flatMap(RingScheduler::status)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
