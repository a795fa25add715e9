// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.BufferRing;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The smallest loop: a script on the ring's thread that waits for the CQEs that it wants. */
final class Loop {
    record Cqe(long userData, int result, int flags) {}

    /** A client and the server's side of its connection. */
    record Pair(int listener, int server, int client) {}

    private static final long MILLI = 1_000_000L;
    private static final int CLIENT = 901;
    private static final int SERVER = 902;

    final Kernel kernel;
    final Ring ring;
    final Sockets sockets;
    final Arena arena = Arena.ofAuto();
    private final List<Cqe> seen = new ArrayList<>();

    Loop(Kernel kernel, Ring ring) {
        this.kernel = kernel;
        this.ring = ring;
        this.sockets = kernel.sockets();
    }

    Sqe prepare(int opcode, int fd, long userData) {
        return ring.reserve().opcode(opcode).fd(fd).userData(userData);
    }

    /** The next CQE of {@code userData}, however long it takes. */
    Cqe await(long userData) {
        Cqe cqe = poll(userData);
        while (cqe == null) {
            ring.enter(Long.MAX_VALUE);
            collect();
            cqe = poll(userData);
        }
        return cqe;
    }

    /** The next CQE of {@code userData} within {@code millis}, or null. */
    @Nullable Cqe await(long userData, int millis) {
        long end = kernel.nanoTime() + millis * MILLI;
        Cqe cqe = poll(userData);
        while (cqe == null && end - kernel.nanoTime() > 0) {
            ring.enter(end - kernel.nanoTime());
            collect();
            cqe = poll(userData);
        }
        return cqe;
    }

    /** The next CQE of anybody. */
    Cqe awaitAny() {
        while (seen.isEmpty()) {
            ring.enter(Long.MAX_VALUE);
            collect();
        }
        return seen.removeFirst();
    }

    private void collect() {
        ring.drain(
                (userData, result, flags) -> seen.add(new Cqe(userData, result, flags)),
                Integer.MAX_VALUE);
    }

    private @Nullable Cqe poll(long userData) {
        for (Iterator<Cqe> cqes = seen.iterator(); cqes.hasNext(); ) {
            Cqe cqe = cqes.next();
            if (cqe.userData() == userData) {
                cqes.remove();
                return cqe;
            }
        }
        return null;
    }

    int listener(int port, int backlog) {
        int fd = sockets.stream(SocketNumbers.AF_INET);
        assertEquals(0, sockets.bind(fd, loopback(port)));
        assertEquals(0, sockets.listen(fd, backlog));
        return fd;
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int port(int fd) {
        return Objects.requireNonNull(sockets.localAddress(fd)).getPort();
    }

    void connect(int fd, int port, long userData) {
        MemorySegment address = arena.allocate(SockAddr.SIZE_MAX, Long.BYTES);
        int bytes = SockAddr.write(loopback(port), address);
        prepare(Opcode.CONNECT, fd, userData).addr(address).off(bytes);
    }

    Pair pair() {
        int listener = listener(0, 16);
        int client = sockets.stream(SocketNumbers.AF_INET);
        connect(client, port(listener), CLIENT);
        prepare(Opcode.ACCEPT, listener, SERVER);
        assertEquals(0, await(CLIENT).result());
        return new Pair(listener, await(SERVER).result(), client);
    }

    void close(Pair pair) {
        sockets.close(pair.client());
        sockets.close(pair.server());
        sockets.close(pair.listener());
    }

    MemorySegment bytes(int count) {
        MemorySegment memory = arena.allocate(Math.max(1, count), Long.BYTES);
        for (int i = 0; i < count; i++) {
            memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) i);
        }
        return memory.asSlice(0, count);
    }

    void send(int fd, int count, long userData) {
        MemorySegment memory = bytes(count);
        prepare(Opcode.SEND, fd, userData)
                .addr(memory)
                .len(count)
                .opFlags(SocketNumbers.MSG_NOSIGNAL);
    }

    /** Sends and waits until all of it is taken. */
    void sendAll(int fd, int count) {
        int left = count;
        while (left > 0) {
            send(fd, left, 900);
            left -= await(900).result();
        }
    }

    MemorySegment receive(int fd, int count, long userData) {
        MemorySegment memory = arena.allocate(count);
        prepare(Opcode.RECV, fd, userData).addr(memory).len(count);
        return memory;
    }

    Sqe receiveSelect(int fd, int group, long userData) {
        return prepare(Opcode.RECV, fd, userData).flags(SqeFlags.BUFFER_SELECT).bufGroup(group);
    }

    Sqe receiveMultishot(int fd, int group, long userData) {
        return receiveSelect(fd, group, userData).ioprio(NetFlags.RECV_MULTISHOT);
    }

    /** A buffer ring of group 1 with {@code count} published buffers, ids from 0. */
    BufferRing buffers(int entries, int count, int bytes) {
        BufferRing buffers = ring.bufferRing(1, entries);
        MemorySegment slab = arena.allocate((long) entries * bytes, 8);
        for (int id = 0; id < count; id++) {
            buffers.provide(slab.address() + (long) id * bytes, bytes, id);
        }
        buffers.publish();
        return buffers;
    }

    int cancel(long target, long userData) {
        prepare(Opcode.ASYNC_CANCEL, -1, userData).addr(target);
        return await(userData).result();
    }
}
