// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.bench.lab.testing.Tree;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Main.commandLine(Tree.ROOT, args);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-plaintext",
                "http-second-opinion",
                "echo",
                "study-ab",
                "http-pipelined",
                "rings",
                "http-open-loop",
                "http-connections",
                "webflux-json",
                "idle",
                "stream",
                "study-open-loop"
            })
    void shouldListAndDescribe(String experiment) {
        assertEquals(0, run("list"));
        assertTrue(out.toString().contains(experiment + " "), out.toString());
        assertEquals(0, run(experiment, "--help"));
        assertTrue(out.toString().contains("--short"), out.toString());
    }

    @Test
    void shouldPrintAResultAgain() {
        String example = Tree.RESULTS.resolve("example.json").toString();
        assertEquals(0, run("report", example));
        assertTrue(out.toString().contains("nginx did not take part"), out.toString());
        assertTrue(out.toString().contains("50 connections"), out.toString());
        assertEquals(0, run("report", "--markdown", example));
        assertTrue(out.toString().contains("| reactor-netty, epoll | "), out.toString());
    }

    @Test
    void shouldNameWhatThereIsInsteadOfAnUnknownContestant() {
        assertEquals(1, run("echo", "--contestants", "mars"));
        assertTrue(
                err.toString().startsWith("uring: no contestant 'mars'; there are: uring, "),
                err.toString());
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertEquals(1, run("report", "/nowhere.json"));
        assertTrue(err.toString().contains("/nowhere.json"), err.toString());
    }
}
