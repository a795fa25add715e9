// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.op;

import io.uringreactive.RingScheduler;
import io.uringreactive.TransportErrors.Family;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.Sqe;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** IORING_OP_ACCEPT, accept4(2) with SOCK_CLOEXEC (Linux 5.5; multishot 5.19). */
public final class Accept {
    /** Emits the descriptor of one new connection, which is the subscriber's to take or close. */
    public static Mono<Descriptor> once(RingScheduler ring, int listenerFd) {
        return Typed.oneDescriptor(
                ring, Family.BIND, "accept", (sqe, memory) -> prepareOnce(sqe, listenerFd));
    }

    /**
     * Emits the descriptors of new connections, which are the subscriber's to take or close. Demand
     * does not reach the kernel: what comes beyond it waits. On cancel, those that wait are closed.
     */
    public static Flux<Descriptor> multishot(RingScheduler ring, int listenerFd) {
        return Typed.manyDescriptors(
                ring, Family.BIND, "accept", (sqe, memory) -> prepareMultishot(sqe, listenerFd));
    }

    public static void prepareOnce(Sqe sqe, int listenerFd) {
        sqe.opcode(Opcode.ACCEPT).fd(listenerFd).opFlags(SocketNumbers.SOCK_CLOEXEC);
    }

    /** One address buffer would be shared by all completions: the peer is asked for lazily. */
    public static void prepareMultishot(Sqe sqe, int listenerFd) {
        prepareOnce(sqe, listenerFd);
        sqe.ioprio(NetFlags.ACCEPT_MULTISHOT);
    }

    private Accept() {}
}
