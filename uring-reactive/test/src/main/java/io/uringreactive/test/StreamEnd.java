// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * One end of a TCP connection, with the bytes on their way to the other end and those that have
 * arrived here. Both ends are alike, the library's and a peer's. The rules are Linux's
 * (net/ipv4/tcp.c, tcp_input.c); where they surprise, they are said.
 */
final class StreamEnd {
    /**
     * Where an end stands and how much it holds.
     *
     * @param sendBytes accepted from the sender and not yet arrived at the other end
     * @param receiveBytes arrived and not yet read
     */
    record Place(
            InetSocketAddress local, InetSocketAddress remote, int sendBytes, int receiveBytes) {}

    private static final Errno[] BROKEN = {Errno.ECONNRESET, Errno.ETIMEDOUT};

    private final World world;
    private final Place place;
    private final StreamEnd other;
    private final ByteQueue outgoing = new ByteQueue();
    private final ByteQueue incoming = new ByteQueue();
    private final KernelTask transfer = new Transfer();
    private Runnable watcher = () -> {};

    private boolean finQueued;
    private boolean finSent;
    private boolean endSeen;
    private boolean readShut;
    private boolean resetQueued;

    /** No connection any more, because either end has reset it. */
    private boolean dead;

    /** Nobody owns this end any more: what arrives is answered with a reset. */
    private boolean released;

    /** A pending socket error, reported once (SO_ERROR, socket(7)); 0 for none. */
    private int error;

    private StreamEnd(World world, Place place, StreamEnd other) {
        this.world = world;
        this.place = place;
        this.other = other;
    }

    /** A new connection's first end; {@link #other()} is the second. */
    StreamEnd(World world, Place near, Place far) {
        this.world = world;
        this.place = near;
        this.other = new StreamEnd(world, far, this);
    }

    StreamEnd other() {
        return other;
    }

    Place place() {
        return place;
    }

    /** Runs {@code changed} whenever this end may have become readable or writable. */
    void watch(Runnable changed) {
        this.watcher = changed;
    }

    boolean isReadable() {
        return !incoming.isEmpty() || endSeen || readShut || dead || error != 0;
    }

    boolean isWritable() {
        return room() > 0 || finQueued || dead || error != 0;
    }

    boolean isDead() {
        return dead;
    }

    boolean hasError() {
        return error != 0;
    }

    boolean endSeen() {
        return endSeen;
    }

    boolean writeShut() {
        return finQueued;
    }

    /** Accepted for sending and not yet arrived at the other end. */
    int outgoing() {
        return outgoing.size();
    }

    int incoming() {
        return incoming.size();
    }

    private int room() {
        return place.sendBytes - outgoing.size();
    }

    private int window() {
        return place.receiveBytes - incoming.size();
    }

    /** recv(2): bytes, 0 at the end, or -errno; -EAGAIN while there is nothing. */
    int receive(MemorySegment into) {
        // What arrived before a reset can still be read, and an end that was seen hides the error.
        if (!incoming.isEmpty()) {
            int count = incoming.moveTo(into);
            world.work.offer(other.transfer);
            return count;
        }
        if (endSeen) {
            return 0;
        }
        if (error != 0) {
            return takeError();
        }
        return dead || readShut ? 0 : -Errno.EAGAIN.number();
    }

    /** Whether a receive reports more to come, data or the end (tcp_inq_hint()). */
    boolean hasMore() {
        return !incoming.isEmpty() || endSeen;
    }

    byte[] receiveAll() {
        byte[] all = incoming.take();
        world.work.offer(other.transfer);
        return all;
    }

    /** send(2) of at most {@code limit} bytes: how many were taken, or -errno. */
    int send(MemorySegment from, int limit) {
        if (error != 0) {
            return takeError();
        }
        if (finQueued || dead) {
            return -Errno.EPIPE.number();
        }
        int count = (int) Math.min(from.byteSize(), Math.min(limit, room()));
        if (count > 0) {
            outgoing.add(from, count);
            world.work.offer(transfer);
        }
        return count;
    }

    private int takeError() {
        int taken = error;
        error = 0;
        return -taken;
    }

    /** shutdown(2) of the sending side: what is queued still goes, then the end. */
    void shutWrite() {
        finQueued = true;
        world.work.offer(transfer);
        watcher.run();
    }

    /** shutdown(2) of the receiving side: reads what is there, then the end. */
    void shutRead() {
        readShut = true;
        watcher.run();
    }

    /** The last owner has closed it. Unread input turns the goodbye into a reset (RFC 2525). */
    void release(boolean reset) {
        watcher = () -> {};
        if (reset || !incoming.isEmpty()) {
            abort();
        }
        released = true;
        finQueued = true;
        world.work.offer(transfer);
        world.work.offer(other.transfer);
    }

    /** Resets the connection from this end. What has not arrived may be lost. */
    void abort() {
        if (!dead) {
            dead = true;
            resetQueued = true;
            incoming.clear();
            world.work.offer(transfer);
        }
    }

    /** A reset has arrived (tcp_reset()). */
    private void onReset() {
        onReset(Errno.ECONNRESET);
    }

    private void onReset(Errno errno) {
        if (dead || (finSent && endSeen)) {
            return;
        }
        dead = true;
        boolean closeWait = endSeen && !finQueued;
        error = (closeWait ? Errno.EPIPE : errno).number();
        outgoing.clear();
        watcher.run();
    }

    /** The network has given up on the connection, at both ends. */
    private void onBroken(Errno errno) {
        onReset(errno);
        other.onReset(errno);
    }

    String describe() {
        return place.local.getPort()
                + "->"
                + place.remote.getPort()
                + " in="
                + incoming.size()
                + " out="
                + outgoing.size()
                + (finQueued ? finSent ? " finSent" : " finQueued" : "")
                + (endSeen ? " endSeen" : "")
                + (dead ? " dead" : "")
                + (error != 0 ? " error=" + Errno.name(error) : "");
    }

    /** Brings bytes, the end or a reset from this end to the other. */
    private final class Transfer extends KernelTask {
        @Override
        boolean ready() {
            if (resetQueued) {
                return true;
            }
            if (dead) {
                return false;
            }
            return outgoing.isEmpty()
                    ? finQueued && !finSent
                    : other.released || other.window() > 0;
        }

        @Override
        void run() {
            int broken = resetQueued ? 0 : world.chance.way(Fault.RESET, BROKEN.length);
            if (resetQueued) {
                resetQueued = false;
                int lost = world.chance.below("lost-by-reset", movable() + 1);
                moveSome(movable() - lost);
                outgoing.clear();
                other.onReset();
            } else if (broken > 0) {
                onBroken(BROKEN[broken - 1]);
            } else if (outgoing.isEmpty()) {
                finSent = true;
                other.endSeen = true;
                other.watcher.run();
            } else if (other.released || other.dead) {
                // Data for a socket that is closed is answered with a reset, which also ends what
                // that socket still had to send.
                other.outgoing.clear();
                other.dead = true;
                onReset();
            } else {
                moveSome(world.chance.piece(Fault.SEGMENTATION, movable()));
            }
        }

        private int movable() {
            return Math.max(0, Math.min(outgoing.size(), other.window()));
        }

        private void moveSome(int count) {
            if (count > 0 && !other.dead) {
                outgoing.moveTo(other.incoming, count);
                other.watcher.run();
                watcher.run();
            }
        }

        @Override
        String describe() {
            return "transfer " + StreamEnd.this.describe();
        }
    }
}
