// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.NetFlags;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.SockAddr;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.libc.Native;
import io.uringreactive.sys.ring.RingRestrictions;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one ring's submissions, in order. What the kernel does at once (look a descriptor up, close
 * one, cancel) is done here; the rest becomes an {@link Operation} in flight.
 */
final class Dispatch {
    /** UIO_MAXIOV: more is -EMSGSIZE (sendmsg(2)). */
    private static final int IOVECS_MAX = 1024;

    private static final int TYPE_MASK = 15;
    private static final int MSG_RING_DATA = 0;

    /** Links, drains and skipped CQEs are not simulated; ASYNC changes nothing. */
    private static final int FLAGS_KNOWN =
            SqeFlags.BUFFER_SELECT | SqeFlags.ASYNC | SqeFlags.FIXED_FILE;

    private static final int RECEIVE_FLAGS =
            NetFlags.POLL_FIRST | NetFlags.RECV_MULTISHOT | NetFlags.BUNDLE;

    private final World world;
    private final SimulatedRing ring;
    private final RingRestrictions restrictions;

    Dispatch(World world, SimulatedRing ring, RingRestrictions restrictions) {
        this.world = world;
        this.ring = ring;
        this.restrictions = restrictions;
    }

    /** What IORING_REGISTER_PROBE reports. */
    static BitSet opcodes() {
        BitSet known = new BitSet();
        for (int opcode :
                new int[] {
                    Opcode.NOP,
                    Opcode.POLL_ADD,
                    Opcode.SENDMSG,
                    Opcode.ACCEPT,
                    Opcode.ASYNC_CANCEL,
                    Opcode.CONNECT,
                    Opcode.CLOSE,
                    Opcode.SEND,
                    Opcode.SEND_ZC,
                    Opcode.SENDMSG_ZC,
                    Opcode.RECV,
                    Opcode.SHUTDOWN,
                    Opcode.MSG_RING,
                    Opcode.SOCKET
                }) {
            known.set(opcode);
        }
        return known;
    }

    void submit(Submission submission) {
        world.trace.add(ring.name() + " submits " + submission);
        if ((submission.flags() & ~FLAGS_KNOWN) != 0) {
            fail(submission, Errno.EINVAL);
            return;
        }
        boolean allowed =
                restrictions.allows(submission.opcode())
                        && restrictions.allowsFlags(submission.flags())
                        && !world.options.restricted().contains(submission.opcode());
        if (!allowed) {
            fail(submission, Errno.EACCES);
            return;
        }
        switch (submission.opcode()) {
            case Opcode.NOP -> complete(submission, 0);
            case Opcode.CLOSE -> complete(submission, close(submission));
            case Opcode.SOCKET -> complete(submission, socket(submission));
            case Opcode.ASYNC_CANCEL -> CancelRequest.submit(ring, submission);
            case Opcode.MSG_RING -> message(submission);
            case Opcode.ACCEPT,
                    Opcode.CONNECT,
                    Opcode.POLL_ADD,
                    Opcode.RECV,
                    Opcode.SEND,
                    Opcode.SENDMSG,
                    Opcode.SEND_ZC,
                    Opcode.SENDMSG_ZC,
                    Opcode.SHUTDOWN ->
                    onSocket(submission);
            default -> fail(submission, Errno.EINVAL);
        }
    }

    private int close(Submission submission) {
        int slot = submission.fileIndex() - 1;
        return slot < 0
                ? world.files.close(submission.fd())
                : ring.registered().files().closeSlot(slot);
    }

    private @Nullable SimulatedFile file(Submission submission) {
        boolean isDirect = (submission.flags() & SqeFlags.FIXED_FILE) != 0;
        return isDirect
                ? ring.registered().files().get(submission.fd())
                : world.files.get(submission.fd());
    }

    private void complete(Submission submission, int result) {
        new ImmediateOperation(ring, submission, result).submit();
    }

    private void fail(Submission submission, Errno errno) {
        complete(submission, -errno.number());
    }

    private int socket(Submission submission) {
        int domain = submission.fd();
        if (domain != SocketNumbers.AF_INET && domain != SocketNumbers.AF_INET6) {
            return -Errno.EAFNOSUPPORT.number();
        }
        boolean stream = (submission.off() & TYPE_MASK) == SocketNumbers.SOCK_STREAM;
        return stream
                ? world.files.open(new SimulatedSocket(world))
                : -Errno.EPROTONOSUPPORT.number();
    }

    private void message(Submission submission) {
        SimulatedFile file = world.files.get(submission.fd());
        if (file == null) {
            fail(submission, Errno.EBADF);
        } else if (!(file instanceof SimulatedRing target)) {
            fail(submission, Errno.EBADFD);
        } else if (submission.addr() != MSG_RING_DATA) {
            fail(submission, Errno.EINVAL);
        } else {
            new MessageOperation(ring, submission, target).submit();
        }
    }

    private void onSocket(Submission submission) {
        // The fields are checked first, the descriptor after that.
        if (submission.opcode() == Opcode.RECV && !isValidReceive(submission)) {
            fail(submission, Errno.EINVAL);
            return;
        }
        SimulatedFile file = file(submission);
        if (file == null) {
            fail(submission, Errno.EBADF);
        } else if (!(file instanceof SimulatedSocket socket)) {
            fail(submission, Errno.ENOTSOCK);
        } else {
            switch (submission.opcode()) {
                case Opcode.ACCEPT -> accept(submission, socket);
                case Opcode.CONNECT -> connect(submission, socket);
                case Opcode.POLL_ADD -> new PollOperation(ring, submission, socket).submit();
                case Opcode.RECV -> receive(submission, socket);
                case Opcode.SHUTDOWN -> new ShutdownOperation(ring, submission, socket).submit();
                default -> send(submission, socket);
            }
        }
    }

    private void accept(Submission submission, SimulatedSocket socket) {
        boolean both =
                submission.has(NetFlags.ACCEPT_MULTISHOT)
                        && submission.has(NetFlags.ACCEPT_DONTWAIT);
        if (!socket.isListening() || both) {
            fail(submission, Errno.EINVAL);
        } else {
            new AcceptOperation(ring, submission, socket).submit();
        }
    }

    private void connect(Submission submission, SimulatedSocket socket) {
        if (socket.stream() != null || socket.isListening()) {
            fail(submission, Errno.EISCONN);
            return;
        }
        MemorySegment address = Native.memory(submission.addr(), submission.off());
        new ConnectOperation(ring, submission, socket, SockAddr.read(address)).submit();
    }

    /** The checks of io_recvmsg_prep(). */
    private boolean isValidReceive(Submission submission) {
        if ((submission.ioprio() & ~RECEIVE_FLAGS) != 0) {
            return false;
        }
        if (!submission.has(NetFlags.RECV_MULTISHOT)) {
            return submission.fileIndex() == 0;
        }
        boolean limits = submission.len() != 0 || submission.fileIndex() != 0;
        return submission.selectsBuffer() && (!limits || world.options.receiveCredit());
    }

    private void receive(Submission submission, SimulatedSocket socket) {
        StreamEnd stream = socket.stream();
        SimulatedBufferRing group = ring.registered().buffers(submission.bufGroup());
        boolean later =
                submission.has(NetFlags.POLL_FIRST)
                        || (!submission.has(NetFlags.RECV_MULTISHOT)
                                && world.chance.happens(Fault.LATE_STARVATION));
        if (submission.selectsBuffer() && !later && isStarved(group)) {
            // Even with nothing to read: the buffer is picked before the socket is looked at.
            fail(submission, Errno.ENOBUFS);
        } else if (stream == null) {
            fail(submission, Errno.ENOTCONN);
        } else {
            new ReceiveOperation(ring, submission, socket, stream).submit();
        }
    }

    private static boolean isStarved(@Nullable SimulatedBufferRing group) {
        return group == null || group.appearsEmpty();
    }

    private void send(Submission submission, SimulatedSocket socket) {
        StreamEnd stream = socket.stream();
        int opcode = submission.opcode();
        boolean gather = opcode == Opcode.SENDMSG || opcode == Opcode.SENDMSG_ZC;
        if (stream == null) {
            fail(submission, Errno.EPIPE);
        } else if (gather && SendOperation.iovecs(submission.addr()) > IOVECS_MAX) {
            fail(submission, Errno.EMSGSIZE);
        } else {
            List<MemorySegment> parts =
                    gather
                            ? SendOperation.gather(submission.addr())
                            : List.of(
                                    Native.memory(
                                            submission.addr(),
                                            Integer.toUnsignedLong(submission.len())));
            new SendOperation(ring, submission, socket, stream, parts).submit();
        }
    }
}
