package io.uringreactive.sys.abi;

import io.uringreactive.sys.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            #include <netinet/in.h>
            #include <netinet/tcp.h>
            #include <linux/time_types.h>
            #include <linux/io_uring.h>
            """;

    private final Path compiler;
    private final Path directory;

    CProgram(Path compiler, Path directory) {
        this.compiler = compiler;
        this.directory = directory;
    }

    /** Every word of the headers, macros among them: what is not here, they do not define. */
    Set<String> wordsOfHeaders() {
        Programs.Outcome outcome = compile(HEADERS, "-E", "-dD");
        if (outcome.exit() != 0) {
            throw new AssertionError(outcome.output());
        }
        Set<String> words = new HashSet<>();
        Matcher word = Pattern.compile("\\w+").matcher(outcome.output());
        while (word.find()) {
            words.add(word.group());
        }
        return words;
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
