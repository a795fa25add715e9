// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import io.uringreactive.sys.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A C program of nothing but static assertions, one per constant. Compiling it is the check, so it
 * serves a machine that it cannot run on as well.
 */
final class CProgram {
    private static final String HEADERS =
            """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <errno.h>
            #include <poll.h>
            #include <sys/types.h>
            #include <sys/eventfd.h>
            #include <sys/mman.h>
            #include <sys/resource.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <sys/uio.h>
            #include <sys/wait.h>
            #include <netinet/in.h>
            #include <netinet/tcp.h>
            #include <linux/time_types.h>
            #include <linux/futex.h>
            #include <linux/io_uring.h>
            #if __has_include(<linux/io_uring/query.h>)
            #include <linux/io_uring/query.h>
            #endif
            #if __has_include(<linux/io_uring/zcrx.h>)
            #include <linux/io_uring/zcrx.h>
            #endif
            """;

    private final Path compiler;
    private final Path directory;

    CProgram(Path compiler, Path directory) {
        this.compiler = compiler;
        this.directory = directory;
    }

    /** What the headers define, macros among it. */
    HeaderText headers() {
        Programs.Outcome outcome = compile(HEADERS, "-E", "-dD");
        if (outcome.exit() != 0) {
            throw new AssertionError(outcome.output());
        }
        return new HeaderText(outcome.output());
    }

    /** Compiles one assertion per constant; the errors name those that are wrong. */
    Programs.Outcome check(Collection<Constant> constants) {
        String assertions =
                constants.stream()
                        .map(
                                constant ->
                                        "_Static_assert((long long) (%s) == %dLL, \"%s\");\n"
                                                .formatted(
                                                        constant.c().expression(),
                                                        constant.value(),
                                                        constant.java()))
                        .collect(Collectors.joining());
        return compile(HEADERS + assertions, "-fsyntax-only");
    }

    private Programs.Outcome compile(String program, String... options) {
        try {
            Path source = Files.writeString(directory.resolve("abi.c"), program);
            List<String> command = new ArrayList<>(List.of(compiler.toString()));
            command.addAll(List.of(options));
            command.add(source.toString());
            return Programs.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
