// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.RingScheduler;
import io.uringreactive.sys.abi.Opcode;
import org.junit.jupiter.api.Test;

/** What a preparation does to connections of its ring, while another SQE is filled in. */
class PreparingTest extends KernelTest {
    @Test
    void shouldEndAConnection() {
        try (Pair pair = Pair.open(group())) {
            RingScheduler ring = (RingScheduler) pair.connection().scheduler();
            Await.get(
                    ring.submit(
                            (sqe, memory) -> {
                                pair.connection().dispose();
                                sqe.opcode(Opcode.NOP).fd(-1);
                            }));
            Await.done(pair.connection().onClose());
        }
    }

    @Test
    void shouldReceiveWhatItRequests() {
        try (Pair pair = Pair.open(group())) {
            RingScheduler ring = (RingScheduler) pair.connection().scheduler();
            Taker taker = Taker.requesting(0);
            pair.connection().receive().subscribe(taker);
            Await.get(
                    ring.submit(
                            (sqe, memory) -> {
                                taker.request(1);
                                sqe.opcode(Opcode.NOP).fd(-1);
                            }));
            pair.peer().writeSequence(0, 10);
            Await.until("received", () -> taker.bytes() == 10);
        }
    }
}
