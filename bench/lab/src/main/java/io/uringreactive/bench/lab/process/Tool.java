// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of the machine: its name, the Debian package that has it, how to ask for its version.
 */
public record Tool(String program, String debianPackage, String versionOption) {
    public static final Tool TASKSET = new Tool("taskset", "util-linux", "--version");
    public static final Tool GCC = new Tool("gcc", "gcc libc6-dev linux-libc-dev", "--version");
    public static final Tool MAKE = new Tool("make", "make", "--version");

    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+");
    private static final Pattern PATH_SEPARATOR = Pattern.compile(":");

    public Optional<Path> find() {
        return PATH_SEPARATOR
                .splitAsStream(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
                // Servers are installed where only root looks.
                .mapMulti(
                        (String folder, Consumer<String> all) -> {
                            all.accept(folder);
                            all.accept(folder.replaceFirst("bin$", "sbin"));
                        })
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public boolean isMissing() {
        return find().isEmpty();
    }

    public String remedy() {
        return "missing program: %s (Debian package %s)".formatted(program, debianPackage);
    }

    /** Fails with one message that names all that are missing. */
    public static void require(List<Tool> tools) {
        List<Tool> missing = tools.stream().distinct().filter(Tool::isMissing).toList();
        if (!missing.isEmpty()) {
            throw new LabException(
                    String.join("\n", missing.stream().map(Tool::remedy).toList())
                            + "\non Debian: apt-get install "
                            + String.join(" ", missing.stream().map(Tool::debianPackage).toList()));
        }
    }

    /** As it says itself, on whichever stream; "unknown" if it does not. */
    public String version() {
        Finished said = Finished.of(List.of(program, versionOption));
        Matcher version = VERSION.matcher(said.out() + said.err());
        return version.find() ? version.group() : "unknown";
    }
}
