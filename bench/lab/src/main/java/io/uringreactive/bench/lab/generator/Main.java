// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.generator;

import io.uringreactive.bench.lab.load.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.IntFunction;

/**
 * The program. Usage: http|echo HOST PORT CONNECTIONS SECONDS WARM_UP_SECONDS RATE BODY|BYTES; a
 * rate of 0 is a closed loop. Status 1 if a reply was wrong or missing.
 */
public final class Main {
    public static void main(String[] args) {
        try {
            System.out.println(run(args));
        } catch (IOException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String run(String[] args) throws IOException {
        String host = args[1];
        int port = Integer.parseInt(args[2]);
        IntFunction<Exchange> exchanges =
                switch (args[0]) {
                    case "http" -> index -> new HttpExchange(host + ":" + port, args[7]);
                    case "echo" -> index -> new EchoExchange(Integer.parseInt(args[7]), index);
                    default -> throw new IllegalArgumentException("http or echo, not " + args[0]);
                };
        Generator generator =
                new Generator(
                        new InetSocketAddress(host, port),
                        Integer.parseInt(args[3]),
                        Double.parseDouble(args[6]),
                        exchanges,
                        System.out);
        return generator
                .run(Double.parseDouble(args[5]), Double.parseDouble(args[4]))
                .line(Latencies.PERCENTILES);
    }

    private Main() {}
}
