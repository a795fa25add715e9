// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * An application that Spring has processed ahead of time, on the JVM: as {@code
 * spring-boot:process-aot} does it.
 */
class AheadOfTimeTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void shouldServe() throws Exception {
        process(Jvm.starter());
        try (Jvm jvm = start(Jvm.starter())) {
            assertEquals("Hello, World", Client.get(jvm.port(), "/hello").body());
        }
    }

    /** The management server is a context of its own, which is processed too. */
    @Test
    void shouldServeActuatorOnAPortOfItsOwn() throws Exception {
        String property = "--management.server.port=0";
        process(Jvm.starterAndActuator(), property);
        try (Jvm jvm = start(Jvm.starterAndActuator(), property)) {
            assertEquals("Hello, World", Client.get(jvm.port(), "/hello").body());
            String health = Client.get(jvm.port(), "/actuator/health").body();
            assertTrue(health.contains("\"UP\""), health);
        }
    }

    private Jvm start(String classPath, String... arguments) throws IOException {
        return Jvm.start(
                Stream.concat(
                                Stream.of(
                                        "-Dspring.aot.enabled=true",
                                        "-cp",
                                        directory("classes")
                                                + File.pathSeparator
                                                + directory("resources")
                                                + File.pathSeparator
                                                + classPath,
                                        Standalone.class.getName()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Path directory(String name) {
        return directory.resolve(name);
    }

    private void process(String classPath, String... arguments) throws Exception {
        List<String> settings =
                List.of(
                        "-cp",
                        classPath,
                        SpringApplicationAotProcessor.class.getName(),
                        Standalone.class.getName(),
                        directory("sources").toString(),
                        directory("resources").toString(),
                        directory("classes").toString(),
                        "io.uringreactive",
                        "test");
        try (Jvm jvm =
                Jvm.start(
                        Stream.concat(settings.stream(), Stream.of(arguments))
                                .toArray(String[]::new))) {
            String said = jvm.rest();
            assertEquals(0, jvm.exitValue(), said);
        }
        compile(classPath);
    }

    private void compile(String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertNotNull(compiler, "a JDK");
        try (Stream<Path> files = Files.walk(directory("sources"));
                StandardJavaFileManager manager =
                        compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(
                    compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of(
                                            "-proc:none",
                                            "-nowarn",
                                            "-cp",
                                            directory("classes") + File.pathSeparator + classPath,
                                            "-d",
                                            directory("classes").toString()),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(sources))
                            .call(),
                    "what was generated does not compile");
        }
    }
}
