// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of what took part in a run. */
public final class Provenance {
    /** The jar of each library that a reader wants to know the version of. */
    private static final Map<String, Pattern> LIBRARIES =
            Map.of(
                    "uring", jar("uring-reactive"),
                    "netty", jar("netty-common"),
                    "reactor-netty", jar("reactor-netty-core"),
                    "reactor-core", jar("reactor-core"),
                    "vertx", jar("vertx-core"),
                    "helidon", jar("helidon-webserver"),
                    "spring", jar("spring-core"));

    private static final Tool GIT = new Tool("git", "git", "--version");

    /** Of the commit that is checked out; "unknown" outside of a repository. */
    public static String commit(Path root) {
        return git(root, "rev-parse", "HEAD");
    }

    /** Whether files of the repository differ from that commit. */
    public static boolean isModified(Path root) {
        return !git(root, "status", "--porcelain", "--untracked-files=no").isEmpty();
    }

    private static String git(Path root, String... arguments) {
        if (GIT.isMissing()) {
            return "unknown";
        }
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        Finished finished = Finished.of(command);
        return finished.status() == 0 ? finished.out().strip() : "unknown";
    }

    /** Of the load's programs, of installed contestants, and of libraries on class paths. */
    public static Map<String, String> versions(Choice choice, Measured measured) {
        Map<String, String> versions = new TreeMap<>();
        choice.experiment().load().tools().forEach(tool -> add(versions, tool));
        if (!measured.callCounter().isEmpty()) {
            String option = measured.callCounter().equals("strace") ? "-V" : "--version";
            add(versions, new Tool(measured.callCounter(), measured.callCounter(), option));
        }
        for (Contestant contestant : choice.contestants()) {
            String command = measured.commands().get(contestant.name());
            if (command != null) {
                switch (contestant.launch()) {
                    case Launch.Java java -> addLibraries(versions, command);
                    case Launch.Installed installed -> add(versions, installed.tool());
                    case Launch.C c -> add(versions, Tool.GCC);
                }
            }
        }
        return versions;
    }

    private static void add(Map<String, String> versions, Tool tool) {
        versions.computeIfAbsent(tool.program(), program -> tool.version());
    }

    private static void addLibraries(Map<String, String> versions, String command) {
        LIBRARIES.forEach(
                (name, jar) -> {
                    Matcher found = jar.matcher(command);
                    if (found.find()) {
                        versions.put(name, found.group(1));
                    }
                });
    }

    private static Pattern jar(String artifact) {
        return Pattern.compile("/" + artifact + "-([0-9][^/:]*)\\.jar");
    }

    private Provenance() {}
}
