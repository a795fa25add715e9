// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.Connection;
import io.uringreactive.ListenOptions;
import io.uringreactive.Listener;
import io.uringreactive.Net;
import io.uringreactive.RingGroup;
import io.uringreactive.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * {@code uring serve}: binds, says so in one line, and serves until a signal ends the JVM. The main
 * thread waits here, because ring threads are daemons.
 */
@Command(name = "serve", description = "Serves a program until Ctrl-C or SIGTERM.")
final class Serve implements Callable<Integer> {
    /** Bounds the stop: an idle keep-alive connection would hold a graceful one forever. */
    private static final Duration STOP_MAX = Duration.ofSeconds(2);

    private static final Duration REPORT_PERIOD = Duration.ofSeconds(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "PROGRAM",
            description = {
                "${COMPLETION-CANDIDATES}",
                "study: a web server with one fixed reply; http: one with streams, events, a file;",
                "echo: sends back what it receives;",
                "tls-echo: the same under TLS; chat: what one client says in a line, all hear;",
                "stream: sends as many bytes as the first line asks for."
            })
    private Program program = Program.STUDY;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "TCP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "Address to listen on (default: all, IPv4 and IPv6).")
    private @Nullable String host;

    @Option(
            names = "--transport",
            paramLabel = "T",
            defaultValue = "auto",
            description = {
                "uring, epoll, nio, or auto: the best one available (default: ${DEFAULT-VALUE})."
            })
    private String transport = "auto";

    @Option(
            names = "--rings",
            paramLabel = "N",
            description = {
                "Rings, or event loops, each with a thread of its own",
                "(default: available processors)."
            })
    private int rings = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--report",
            description = "Every second and on stop, print what rings and JVM have done.")
    private boolean report;

    @Option(
            names = "--key-store",
            paramLabel = "FILE",
            description = {
                "PKCS#12 file with tls-echo's key (default: one made for this run).",
                "Its password: the variable URING_KEY_STORE_PASSWORD."
            })
    private @Nullable Path keyStore;

    @Option(
            names = "--tls-protocol",
            paramLabel = "V",
            description = "The only version of tls-echo (default: TLSv1.3 and TLSv1.2).")
    private @Nullable String tlsProtocol;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "What http sends at /file (default: ${DEFAULT-VALUE}).")
    private Path file = Program.Inputs.ANY_FILE;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = {
                "What http gives a client for a head, for moving some bytes of a body or",
                "of a response, and between requests (default: the library's)."
            })
    private @Nullable Integer deadline;

    @Override
    public Integer call() throws IOException {
        require(port >= 0 && port <= 65_535, "--port must be from 0 to 65535: " + port);
        require(rings >= 1, "--rings must be at least 1: " + rings);
        require(deadline == null || deadline >= 1, "--deadline must be at least 1: " + deadline);
        Function<Connection, Publisher<Void>> handler =
                program.handler(new Program.Inputs(keyStore, tlsProtocol, file, limit()));
        Transport group = open();
        Listener listener = Objects.requireNonNull(group.listen(options()).block());
        PrintWriter out = spec.commandLine().getOut();
        ServeReport served = new ServeReport(group);
        if (report) {
            Flux.interval(REPORT_PERIOD, Schedulers.boundedElastic())
                    .subscribe(second -> print(out, served));
        }
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    try {
                                        if (report) {
                                            print(out, served);
                                        }
                                    } finally {
                                        stop(listener, group);
                                    }
                                },
                                "uring-stop"));
        out.println(ready(listener.address(), group));
        out.println(next(listener.address()));
        listener.serve(handler).block();
        return 0;
    }

    private static void print(PrintWriter out, ServeReport report) {
        out.println(report.text());
        out.flush();
    }

    private @Nullable Duration limit() {
        return deadline == null ? null : Duration.ofSeconds(deadline);
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private Transport open() {
        if (transport.equals("auto")) {
            return Net.open(rings);
        }
        try {
            return Net.provider(transport).open(rings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--transport: " + e.getMessage(), e);
        }
    }

    private ListenOptions options() {
        ListenOptions options = ListenOptions.port(port);
        return host == null ? options : options.host(host);
    }

    /** Answers what has been asked, within {@link #STOP_MAX}, and then gives all back. */
    private static void stop(Listener listener, Transport group) {
        try {
            listener.stop().then(group.disposeGracefully()).block(STOP_MAX);
        } catch (RuntimeException e) {
            // Too slow, or it failed half way: the process ends now, with its connections.
            group.dispose();
        }
    }

    private String ready(InetSocketAddress address, Transport group) {
        return "ready: %s on %s with %s (stop with Ctrl-C)"
                .formatted(
                        program,
                        program.location(reachable(address, host), address.getPort()),
                        described(group));
    }

    private String described(Transport transport) {
        if (transport instanceof RingGroup group) {
            return counted("ring")
                    + ", receive mode "
                    + group.receiveMode().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return counted("event loop") + " on " + transport.name();
    }

    private String counted(String thread) {
        return rings + " " + thread + (rings == 1 ? "" : "s");
    }

    private String next(InetSocketAddress address) {
        return program.tryThis(reachable(address, host), address.getPort());
    }

    /** As the user wrote it; but nobody can connect to "all addresses". */
    static String reachable(InetSocketAddress address, @Nullable String host) {
        if (address.getAddress().isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return host == null ? address.getAddress().getHostAddress() : host;
    }
}
