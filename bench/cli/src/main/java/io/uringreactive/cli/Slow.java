// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.netty.buffer.ByteBuf;
import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.UringNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.BaseSubscriber;

/**
 * The server of {@code bench/slow-consumers.sh}: echo on one port, and on the next one, on the same
 * rings, consumers that take buffers, keep them, and ask for no more.
 */
@Command(
        name = "slow",
        hidden = true,
        description =
                "Echo beside consumers that keep what they get (for bench/slow-consumers.sh).")
final class Slow implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", defaultValue = "7821", description = "Of echo; the next one keeps.")
    private int port;

    @Option(names = "--rings", defaultValue = "1")
    private int rings;

    @Option(
            names = "--keep",
            defaultValue = "64",
            description = "Buffers that each slow consumer takes and keeps.")
    private int keep;

    @Override
    public Integer call() {
        RingGroup group = RingGroup.create(RingGroupOptions.defaults().rings(rings));
        ServeReport served = new ServeReport(group);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> spec.commandLine().getOut().println(served.text())));
        Listener echo = listen(group, port);
        Listener keeping = listen(group, port + 1);
        spec.commandLine().getOut().println("ready: echo on " + port + ", keep on " + (port + 1));
        spec.commandLine().getOut().flush();
        echo.serve(Echo::handle).and(keeping.serve(this::keep)).block();
        return 0;
    }

    private static Listener listen(RingGroup group, int port) {
        ListenOptions options = ListenOptions.port(port).host("127.0.0.1").group(group);
        return Objects.requireNonNull(UringNet.listen(options).block());
    }

    /** Ends when the connection does; then what was kept is released. */
    private Publisher<Void> keep(Connection connection) {
        Keeper keeper = new Keeper(keep);
        connection.receive().subscribe(keeper);
        return connection.onClose().doFinally(signal -> keeper.releaseAll());
    }

    private static final class Keeper extends BaseSubscriber<ByteBuf> {
        private final int count;
        private final List<ByteBuf> kept = new ArrayList<>();

        Keeper(int count) {
            this.count = count;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(count);
        }

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            kept.add(buffer);
        }

        @Override
        protected void hookOnError(Throwable error) {
            // The peer is gone: onClose tells.
        }

        void releaseAll() {
            kept.forEach(ByteBuf::release);
            kept.clear();
        }
    }
}
