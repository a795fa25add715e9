// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import io.uringreactive.bench.lab.process.Tool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the lab runs.
 *
 * @param root of the repository
 * @param jdk of every JVM that is measured
 */
public record Site(Path root, Path jdk, Cores serverCores, Cores loadCores) {
    /** Those of every JVM that is measured. Serial: its collections and barriers cost the least. */
    private static final List<String> JVM_OPTIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx1g");

    /** How the names of folders for what servers write begin. */
    static final String FOLDER = "uring-bench";

    public Cores allCores() {
        return serverCores.plus(loadCores);
    }

    public Path nativeProgram(String name) {
        return root.resolve("bench/native/build").resolve(name);
    }

    /** The command for a server, pinned, with its places filled in. */
    List<String> command(Launch launch, Network network, int port, int rings, Path folder) {
        List<String> command = new ArrayList<>(network.serverPrefix());
        command.addAll(List.of("taskset", "-c", serverCores.toString()));
        switch (launch) {
            case Launch.Java java -> {
                command.add(jdk.resolve("bin/java").toString());
                command.addAll(JVM_OPTIONS);
                command.addAll(java.options());
                command.addAll(List.of("-cp", classPath(java), java.mainClass()));
            }
            case Launch.C c -> command.add(nativeProgram(c.program()).toString());
            case Launch.Installed installed ->
                    command.add(
                            installed
                                    .tool()
                                    .find()
                                    .orElseThrow(() -> new LabException(installed.tool().remedy()))
                                    .toString());
        }
        for (String argument : launch.arguments()) {
            command.add(fill(argument.replace("{host}", network.host()), port, rings, folder));
        }
        return command;
    }

    static String fill(String text, int port, int rings, Path folder) {
        return text.replace("{port}", Integer.toString(port))
                .replace("{rings}", Integer.toString(rings))
                .replace("{folder}", folder.toString());
    }

    /**
     * A command as it stands in a result: without the folders of this machine, and with the class
     * path by its folder.
     */
    String portable(String command) {
        return command.replace(jdk.resolve("bin/java").toString(), "java")
                .replace(root + "/", "")
                .replaceAll("(\\S+/target)/[^/:\\s]+\\.jar(?::\\S+\\.jar)*", "$1/*.jar")
                .replaceAll("\\S*/" + FOLDER + "\\d+/", "FOLDER/");
    }

    /** Jars one by one, not by a star: some may be left out. */
    private String classPath(Launch.Java java) {
        Path target = root.resolve(java.module()).resolve("target");
        List<Path> jars = new ArrayList<>(jars(target));
        jars.addAll(jars(target.resolve("classpath")));
        return String.join(
                ":",
                jars.stream()
                        .filter(
                                jar ->
                                        java.withoutJars().isEmpty()
                                                || !jar.getFileName()
                                                        .toString()
                                                        .contains(java.withoutJars()))
                        .map(Path::toString)
                        .toList());
    }

    private static List<Path> jars(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            List<Path> jars = new ArrayList<>();
            files.forEach(jars::add);
            if (jars.isEmpty()) {
                throw new LabException("no jar in " + folder + ": start the lab by ./uring bench");
            }
            return jars;
        } catch (IOException e) {
            throw new LabException("not built: " + folder + ": start the lab by ./uring bench", e);
        }
    }

    /** Builds the C programs. */
    void makeNative() {
        Tool.require(List.of(Tool.MAKE, Tool.GCC));
        String folder = root.resolve("bench/native").toString();
        Finished.of(List.of("make", "-s", "-C", folder, "CC=gcc")).orFail();
    }

    /** Fails if a core is not to be had. */
    void checkCores() {
        Tool.require(List.of(Tool.TASKSET));
        for (Cores cores : List.of(serverCores, loadCores)) {
            if (Finished.of(List.of("taskset", "-c", cores.toString(), "true")).status() != 0) {
                throw new LabException(
                        "core %s is not to be had: choose with --server-cores and --load-cores"
                                .formatted(cores));
            }
        }
    }
}
