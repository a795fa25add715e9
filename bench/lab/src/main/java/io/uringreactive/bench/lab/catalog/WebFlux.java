// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.catalog;

import io.uringreactive.bench.lab.load.Page;
import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.plan.Point;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The application of bench/webflux: on whom it runs, and what it answers. */
final class WebFlux {
    private static final int CONNECTIONS = 50;

    /** Of the large document. */
    private static final int ITEMS = 330;

    /** By the name of the point. */
    private static final Map<String, Page> PAGES =
            Map.of(
                    "text", new Page("/", HttpContestants.BODY),
                    "json-small", new Page("/json/small", item(0)),
                    "json", new Page("/json", items()));

    static final List<Point> POINTS =
            List.of(
                    point("text", "text, 13 bytes"),
                    point("json-small", "JSON, 50 bytes"),
                    point("json", "JSON, 16.6 KiB"));

    static final List<Contestant> CONTESTANTS =
            List.of(
                    Entrants.uring(
                            launch("OnUring", "io_uring", "{port}", "uring").without("io_uring")),
                    Entrants.epoll(
                            launch("OnUring", "epoll", "{port}", "epoll").without("io_uring")),
                    Entrants.reactorNettyEpoll(WebFlux::reactorNetty),
                    Entrants.reactorNettyUring(WebFlux::reactorNetty));

    static Page page(Point point) {
        return Objects.requireNonNull(PAGES.get(point.name()), point.name());
    }

    private static Point point(String name, String title) {
        return Point.connections(CONNECTIONS).called(name, title, OptionalDouble.empty());
    }

    private static Launch.Java reactorNetty(String channel) {
        return launch("OnReactorNetty", channel, "{port}");
    }

    private static Launch.Java launch(String name, String word, String... arguments) {
        return new Launch.Java(
                "bench/webflux",
                "io.uringreactive.bench.webflux." + name,
                List.of(arguments),
                "ready: WebFlux on " + word + ",",
                "");
    }

    private static String items() {
        return IntStream.range(0, ITEMS)
                .mapToObj(WebFlux::item)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String item(int index) {
        return "{\"id\":%d,\"name\":\"0123456789abcd\",\"done\":%b}"
                .formatted(1_000_000 + index, index % 2 == 0);
    }

    private WebFlux() {}
}
