// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.RingScheduler;
import io.uringreactive.UringNet;
import io.uringreactive.sys.ring.RingUnavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A room with many clients, one of whom does not listen. */
class ChatTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RingGroup group;
    private InetSocketAddress address;

    @BeforeEach
    void open() {
        try {
            group = RingGroup.create(RingGroupOptions.defaults().rings(2));
        } catch (RingUnavailable e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
        }
        Listener listener =
                UringNet.listen(ListenOptions.port(0).host("127.0.0.1").group(group))
                        .blockOptional(LIMIT)
                        .orElseThrow();
        address = listener.address();
        listener.serve(new Chat()::handle).subscribe();
    }

    @AfterEach
    void close() {
        awaitConnections(0);
        group.disposeGracefully().block(LIMIT);
    }

    private void awaitConnections(int count) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (connections() != count) {
            assertTrue(System.nanoTime() < deadline, "connections: " + connections());
            Thread.onSpinWait();
        }
    }

    private int connections() {
        return Flux.fromIterable(group.rings())
                .flatMap(RingScheduler::status)
                .reduce(0, (sum, status) -> sum + status.connections())
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    private record Guest(Socket socket, BufferedReader in) implements AutoCloseable {
        static Guest enter(InetSocketAddress room, int receiveBufferBytes) throws IOException {
            Socket socket = new Socket();
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.connect(room);
            socket.setSoTimeout((int) LIMIT.toMillis());
            return new Guest(
                    socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
        }

        void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
        }

        String hear() throws IOException {
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void shouldTellEverybodyTheSameInTheSameOrder() throws IOException {
        List<Guest> guests = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Guest guest = Guest.enter(address, 0);
                guests.add(guest);
                guest.say("guest " + i);
                // In the room for sure only when it hears itself; the others hear it too.
                for (Guest present : guests) {
                    assertEquals("guest " + i, present.hear());
                }
            }
            for (int round = 0; round < 20; round++) {
                Set<String> said = new TreeSet<>();
                for (int i = 0; i < guests.size(); i++) {
                    String line = "\u00e9 " + i + " in round " + round;
                    guests.get(i).say(line);
                    said.add(line);
                }
                Set<List<String>> heard = new HashSet<>();
                for (Guest guest : guests) {
                    List<String> lines = new ArrayList<>();
                    for (int i = 0; i < guests.size(); i++) {
                        lines.add(guest.hear());
                    }
                    heard.add(lines);
                }
                assertEquals(1, heard.size(), "different orders");
                assertEquals(said, new TreeSet<>(heard.iterator().next()));
            }
        } finally {
            for (Guest guest : guests) {
                guest.close();
            }
        }
    }

    @Test
    void shouldLetAClientGoThatDoesNotListen() throws IOException {
        String line = "x".repeat(1_000);
        try (Guest deaf = Guest.enter(address, 4_096);
                Guest talker = Guest.enter(address, 0)) {
            deaf.say("never mind me");
            talker.say(line);
            awaitConnections(2);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            for (int said = 0; connections() == 2; said++) {
                assertTrue(System.nanoTime() < deadline, "still here after lines: " + said);
                talker.say(line);
                talker.hear();
            }
            talker.say("still here");
            String heard = talker.hear();
            while (!heard.equals("still here")) {
                heard = talker.hear();
            }
        }
    }

    @Test
    void shouldResetAClientWhoseLineIsTooLong() throws IOException {
        try (Guest guest = Guest.enter(address, 0)) {
            guest.say("x".repeat(1_025));
            awaitConnections(0);
        }
    }
}
