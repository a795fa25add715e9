// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What is sent arrives: every byte, once, in order. */
public interface OrderContract extends Theme {
    int TOTAL = 300_000;
    int SENDS = 4;
    int RECORDS = 200;
    int RECORD_BYTES = 8;

    @Test
    default void shouldDeliverEveryByteInOrderWhenDemandIsUnbounded() {
        Pair pair = stage().pair();
        Bytes bytes = stage().bytes(pair.server(), Long.MAX_VALUE);
        Probe<Void> send = stage().run(pair.client().send(stage().outgoing().sequence(TOTAL, 777)));
        stage().complete(send);
        stage().done(pair.client().shutdownOutput());
        stage().complete(bytes);
        assertEquals(TOTAL, bytes.bytes());
    }

    @Test
    default void shouldDeliverEveryByteInOrderInRandomPiecesAndDemandBothWaysAtOnce() {
        stage().seeded(
                        random -> {
                            Pair pair = stage().pair();
                            List<Bytes> ends =
                                    List.of(
                                            exchange(pair.server(), new Random(random.nextLong())),
                                            exchange(pair.client(), new Random(random.nextLong())));
                            ends.forEach(bytes -> stage().complete(bytes));
                            ends.forEach(bytes -> assertEquals(TOTAL, bytes.bytes()));
                        });
    }

    private Bytes exchange(Connection connection, Random random) {
        Random demand = new Random(random.nextLong());
        Bytes bytes =
                stage().subscribe(
                                connection.receive(),
                                new Bytes(Bytes.Content.SEQUENCE)
                                        .refilledBy(() -> 1 + demand.nextInt(5)),
                                1);
        Flux<ByteBuf> pieces = stage().outgoing().sequence(TOTAL, at -> pieceBytes(random));
        stage().run(connection.send(pieces).then(connection.shutdownOutput()));
        return bytes;
    }

    private static int pieceBytes(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(4);
            case 1 -> 20_000 + random.nextInt(10_000);
            case 2 -> random.nextInt(2) * 4096;
            default -> 1 + random.nextInt(3_000);
        };
    }

    @Test
    default void shouldKeepTheOrderAndTheBuffersOfEachOfSeveralSends() {
        Pair pair = stage().pair();
        Bytes bytes = stage().text(pair.server());
        List<Probe<Void>> sends = new ArrayList<>();
        for (int i = 0; i < SENDS; i++) {
            int tag = i;
            sends.add(
                    stage().run(
                                    pair.client()
                                            .send(
                                                    Flux.range(0, RECORDS)
                                                            .map(n -> record(tag, n)))));
        }
        sends.forEach(send -> stage().complete(send));
        int total = SENDS * RECORDS * RECORD_BYTES;
        stage().await(() -> "all have arrived: " + bytes, () -> bytes.bytes() >= total);
        ByteBuffer got = ByteBuffer.wrap(bytes.content());
        int[] next = new int[SENDS];
        while (got.hasRemaining()) {
            int tag = got.getInt();
            assertEquals(next[tag]++, got.getInt(), () -> "the order of send " + tag);
        }
        for (int count : next) {
            assertEquals(RECORDS, count);
        }
    }

    private ByteBuf record(int tag, int number) {
        return stage().outgoing()
                .of(ByteBuffer.allocate(RECORD_BYTES).putInt(tag).putInt(number).array());
    }
}
