// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.SocketNumbers;
import io.uringreactive.sys.abi.SocketOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket of the simulated process: fresh, bound, listening (with a {@link Backlog}) or
 * connected (with a {@link StreamEnd}).
 */
final class SimulatedSocket extends SimulatedFile {
    /** Below this Linux does not shrink a socket buffer. */
    private static final int BUFFER_MIN = 2048;

    private final World world;
    private final Map<SocketOption, Integer> set = new EnumMap<>(SocketOption.class);
    private final List<KernelTask> waiting = new ArrayList<>();
    private @Nullable InetSocketAddress local;
    private @Nullable Backlog backlog;
    private @Nullable StreamEnd stream;
    private boolean resetOnClose;

    /** Counts changes, for edge-triggered polls. */
    private long changes;

    SimulatedSocket(World world) {
        this.world = world;
    }

    /** A connection that was accepted. */
    SimulatedSocket(World world, StreamEnd accepted) {
        this(world);
        connected(accepted);
    }

    void connected(StreamEnd end) {
        stream = end;
        local = end.place().local();
        end.watch(this::changed);
        changed();
    }

    @Nullable StreamEnd stream() {
        return stream;
    }

    @Nullable Backlog backlog() {
        return backlog;
    }

    boolean isListening() {
        return backlog != null && !backlog.isClosed();
    }

    int port() {
        return local == null ? 0 : local.getPort();
    }

    long changes() {
        return changes;
    }

    /** {@code task} is offered whenever this socket changes. */
    void await(KernelTask task) {
        waiting.add(task);
        world.work.offer(task);
    }

    void forget(KernelTask task) {
        waiting.remove(task);
    }

    private void changed() {
        changes++;
        waiting.forEach(world.work::offer);
    }

    private boolean has(SocketOption option) {
        return set.getOrDefault(option, 0) != 0;
    }

    /** socket(7): all of SO_REUSEPORT, or all of SO_REUSEADDR and none that listens. */
    boolean sharesPortWith(SimulatedSocket newcomer) {
        boolean reuseAddress =
                has(SocketOption.SO_REUSEADDR) && newcomer.has(SocketOption.SO_REUSEADDR);
        return sharesListeningWith(newcomer) || (reuseAddress && !isListening());
    }

    boolean sharesListeningWith(SimulatedSocket newcomer) {
        return has(SocketOption.SO_REUSEPORT) && newcomer.has(SocketOption.SO_REUSEPORT);
    }

    int bind(InetSocketAddress address) {
        if (local != null) {
            return -Errno.EINVAL.number();
        }
        int port = address.getPort() == 0 ? world.network.freePort() : address.getPort();
        if (!world.network.mayBind(this, port)) {
            return -Errno.EADDRINUSE.number();
        }
        InetAddress ip = address.getAddress();
        local = ip == null ? Network.at(port) : new InetSocketAddress(ip, port);
        world.network.bind(this);
        return 0;
    }

    int listen(int limit) {
        if (stream != null) {
            return -Errno.EINVAL.number();
        }
        if (isListening()) {
            return 0;
        }
        if (local == null) {
            int bound = bind(Network.at(0));
            assert bound == 0;
        }
        if (!world.network.mayListen(this)) {
            return -Errno.EADDRINUSE.number();
        }
        Backlog opened = new Backlog(world, port(), limit, buffers(), this::changed);
        backlog = opened;
        world.network.add(opened);
        return 0;
    }

    int set(SocketOption option, int value) {
        set.put(option, value);
        return 0;
    }

    void resetOnClose() {
        resetOnClose = true;
    }

    Backlog.Buffers buffers() {
        return new Backlog.Buffers(
                bufferBytes(SocketOption.SO_SNDBUF, world.options.sendBufferBytes()),
                bufferBytes(SocketOption.SO_RCVBUF, world.options.receiveBufferBytes()));
    }

    private int bufferBytes(SocketOption option, int usual) {
        Integer wanted = set.get(option);
        return wanted == null ? usual : Math.max(BUFFER_MIN, wanted);
    }

    /** What connect(2) goes out from. */
    InetSocketAddress localForConnect() {
        return local != null ? local : Network.at(world.network.freePort());
    }

    /** shutdown(2): 0 or -errno. */
    int shutdown(int how) {
        Backlog listening = backlog;
        boolean write = how >= SocketNumbers.SHUT_WR;
        boolean read = how != SocketNumbers.SHUT_WR;
        if (listening != null) {
            // Ends listening: accept(2) fails with EINVAL from now on.
            if (read && !listening.isClosed()) {
                listening.close();
                changed();
            }
            return 0;
        }
        StreamEnd end = stream;
        if (end == null || end.isDead()) {
            return -Errno.ENOTCONN.number();
        }
        if (write) {
            end.shutWrite();
        }
        if (read) {
            end.shutRead();
        }
        return 0;
    }

    @Nullable InetSocketAddress localAddress() {
        return local;
    }

    @Nullable InetSocketAddress peerAddress() {
        return stream == null || stream.isDead() ? null : stream.place().remote();
    }

    @Override
    void released() {
        world.network.unbind(this);
        if (isListening() && backlog != null) {
            backlog.close();
        }
        if (stream != null) {
            stream.release(resetOnClose);
        }
    }

    @Override
    String describe() {
        if (stream != null) {
            return "socket " + stream.describe();
        }
        return backlog != null ? "listener on " + backlog : "socket, port " + port();
    }
}
