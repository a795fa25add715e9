// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help"})
    void listsItsCommands(String arguments) {
        assertEquals(0, arguments.isEmpty() ? run() : run(arguments));
        for (String command : new String[] {"serve", "doctor", "bench", "test", "help"}) {
            assertTrue(out.toString().contains("\n  " + command + " "), out::toString);
        }
    }

    @Test
    void explainsServe() {
        assertEquals(0, run("help", "serve"));
        assertTrue(out.toString().contains("study, http, echo, tls-echo, chat"), out::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve telnet",
                "serve study --port 65536",
                "serve study --port x",
                "serve study --rings 0",
                "serve study --unknown",
                "fly"
            })
    void refusesWrongUsageWithoutAStackTrace(String arguments) {
        assertEquals(2, run(arguments.split(" ", -1)));
        assertTrue(!err.toString().contains("\tat "), err::toString);
    }

    @Test
    void saysWhereToFindIt() {
        InetSocketAddress all = new InetSocketAddress("0.0.0.0", 1);
        assertEquals("127.0.0.1", Serve.reachable(all, null));
        assertEquals("127.0.0.1", Serve.reachable(new InetSocketAddress("::", 1), "::"));
        assertEquals("::1", Serve.reachable(new InetSocketAddress("::1", 1), "::1"));
        assertEquals("http://[::1]:80", Program.STUDY.location("::1", 80));
        assertEquals(
                "try: openssl s_client -connect [::1]:80", Program.TLS_ECHO.tryThis("::1", 80));
        assertEquals("localhost:80", Program.ECHO.location("localhost", 80));
    }
}
