// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.uringreactive.bench.lab.proc.Cores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SiteTest {
    private final Site site =
            new Site(Path.of("/home/me/tree"), Path.of("/opt/jdk"), Cores.of("0"), Cores.of("1"));

    @Test
    void shouldTellCommandsWithoutFoldersOfTheMachine() {
        String folder = System.getProperty("java.io.tmpdir") + "/" + Site.FOLDER + "4711";
        assertEquals(
                "taskset -c 0 java -Xmx1g -cp bench/cli/target/*.jar io.Main --file FOLDER/uring/file",
                site.portable(
                        ("taskset -c 0 /opt/jdk/bin/java -Xmx1g -cp"
                                        + " /home/me/tree/bench/cli/target/uring-cli.jar:/home/me/tree/bench/cli/target/classpath/a-1.2.jar"
                                        + " io.Main --file %s/uring/file")
                                .formatted(folder)));
        assertEquals(
                "taskset -c 0 bench/native/build/http_uring 17817",
                site.portable("taskset -c 0 /home/me/tree/bench/native/build/http_uring 17817"));
    }
}
