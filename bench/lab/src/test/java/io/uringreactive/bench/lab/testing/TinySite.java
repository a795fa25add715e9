// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.testing;

import io.uringreactive.bench.lab.plan.Contestant;
import io.uringreactive.bench.lab.plan.Kind;
import io.uringreactive.bench.lab.plan.Launch;
import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.run.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A repository with one module, whose jar has {@link TinyServer} in it. */
public final class TinySite {
    public static final String BODY = "tiny";

    public static Site in(Path folder) throws IOException {
        Path target = Files.createDirectories(folder.resolve("tiny/target/classpath"));
        for (Path jar : List.of(target.resolve("nothing.jar"), target.resolveSibling("tiny.jar"))) {
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file)) {
                add(out, jar.endsWith("tiny.jar") ? TinyServer.class : TinySite.class);
            }
        }
        Cores any = allowed();
        return new Site(folder, Path.of(System.getProperty("java.home")), any, any);
    }

    public static Contestant contestant(String name, Kind kind, String... arguments) {
        List<String> all = new ArrayList<>(List.of("{port}"));
        all.addAll(List.of(arguments));
        return new Contestant(
                name,
                name + " server",
                kind,
                new Launch.Java("tiny", TinyServer.class.getName(), all, "ready: tiny", ""));
    }

    /** The cores of these tests: a container may have others than 0 and 1. */
    private static Cores allowed() {
        String status = ProcFs.readExisting("self/status");
        String key = "Cpus_allowed_list:";
        return Cores.of(
                status.lines()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(key.length()))
                        .findFirst()
                        .orElseThrow());
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(name));
        try (InputStream code = TinySite.class.getResourceAsStream("/" + name)) {
            Objects.requireNonNull(code).transferTo(out);
        }
        out.closeEntry();
    }

    private TinySite() {}
}
