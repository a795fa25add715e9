// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What load generators print, as they did on Debian 12. */
class OutputsTest {
    private static final String WRK =
            """
            Running 1s test @ http://127.0.0.1:17999/
              1 threads and 5 connections
            Requests/sec:   1097.84
            lab duration=1001055 requests=109900 bytes=525322 connect=0 read=0 write=0 status=0 timeout=0
            lab p50 3824
            lab p99 34102
            lab p99.9 45484
            lab p99.99 47815
            lab p100 47816
            """;

    private static final String AB =
            """
            Document Length:        13 bytes
            Concurrency Level:      5
            Time taken for tests:   0.184 seconds
            Complete requests:      200
            Failed requests:        0
            Requests per second:    1087.19 [#/sec] (mean)
            """;

    private static final String AB_CSV =
            """
            Percentage served,Time in ms
            0,1.021
            50,4.101
            98,9.443
            100,11.690
            """;

    private static final String H2LOAD =
            """
            finished in 1.01s, 664.00 req/s, 80.48KB/s
            requests: 664 total, 669 started, 664 done, 664 succeeded, 0 failed, 0 errored, 0 timeout
            status codes: 664 2xx, 0 3xx, 0 4xx, 0 5xx
            """;

    private static final String ECHO =
            """
            MEASURE
            DONE
            messages=119278 seconds=1.000 messages_per_second=119269 p50_us=106.5 p99.9_us=8257.5\
             p100_us=28346.5 replies=119298 errors=0
            """;

    @Test
    void shouldReadWrk() {
        WrkOutput said = WrkOutput.parse(WRK);
        assertEquals(1.001055, said.seconds());
        assertEquals(109_900, said.requests());
        assertEquals(525_322, said.bytes());
        assertEquals(0, said.errors());
        assertEquals(OptionalDouble.of(3824), said.latencies().at(50));
        assertEquals(OptionalDouble.of(47_815), said.latencies().at(99.99));
        assertEquals(OptionalDouble.of(47_816), said.latencies().at(100));
    }

    @Test
    void shouldSumTheErrorsOfWrk() {
        String bad = WRK.replace("connect=0", "connect=1").replace("status=0", "status=20");
        assertEquals(21, WrkOutput.parse(bad).errors());
    }

    @Test
    void shouldReadAbInMicroseconds() {
        AbOutput said = AbOutput.parse(AB, AB_CSV);
        assertEquals(0.184, said.seconds());
        assertEquals(200, said.complete());
        assertEquals(0, said.failed());
        assertEquals(13, said.bodyBytes());
        assertEquals(OptionalDouble.of(4101), said.latencies().at(50));
        assertEquals(OptionalDouble.of(11_690), said.latencies().at(100));
    }

    @Test
    void shouldCountRefusedRepliesOfAbAsFailed() {
        String bad = AB.replace("Failed requests:        0", "Failed requests:        2");
        assertEquals(5, AbOutput.parse(bad + "Non-2xx responses:      3\n", AB_CSV).failed());
    }

    @Test
    void shouldReadH2load(@TempDir Path folder) throws IOException {
        H2loadOutput said = H2loadOutput.parse(H2LOAD);
        assertEquals(new H2loadOutput(1.01, 664, 0), said);
        assertEquals(
                0.9876, H2loadOutput.parse(H2LOAD.replace("1.01s", "987.60ms")).seconds(), 1e-9);
        Path log = folder.resolve("log");
        Files.writeString(log, "1795445488477647\t200\t100\n".repeat(99) + "1795\t200\t900\n");
        Latencies latencies = H2loadOutput.latencies(log);
        assertEquals(OptionalDouble.of(100), latencies.at(50));
        assertEquals(OptionalDouble.of(900), latencies.at(100));
    }

    @Test
    void shouldReadEchoLoad() {
        LoadResult said = EchoOutput.parse(ECHO);
        assertEquals(119_278, said.requests());
        assertEquals(119_298, said.allRequests());
        assertEquals(1, said.seconds());
        assertEquals(OptionalDouble.of(8257.5), said.latencies().at(99.9));
    }

    @Test
    void shouldNotStateAPercentileThatChanceDecides() {
        Latencies few =
                WrkOutput.parse(WRK.replace("requests=109900", "requests=1099")).latencies();
        assertEquals(OptionalDouble.of(34_102), few.at(99));
        assertEquals(OptionalDouble.empty(), few.at(99.9));
        assertEquals(OptionalDouble.of(47_816), few.at(100));
    }

    @Test
    void shouldRefuseWhatIsSomethingElse() {
        assertThrows(IllegalArgumentException.class, () -> WrkOutput.parse("unable to connect"));
        assertThrows(IllegalArgumentException.class, () -> AbOutput.parse("", AB_CSV));
        assertThrows(IllegalArgumentException.class, () -> H2loadOutput.parse(""));
        assertThrows(IllegalArgumentException.class, () -> EchoOutput.parse("MEASURE"));
    }
}
