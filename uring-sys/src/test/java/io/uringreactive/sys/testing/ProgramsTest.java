// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ProgramsTest {
    @Test
    void shouldAbortWithTheNameOfTheDebianPackage(@TempDir Path empty) {
        TestAbortedException aborted =
                assertThrows(
                        TestAbortedException.class,
                        () -> Programs.require("cc-of-mars", "gcc-mars", empty.toString()));
        assertEquals("missing program: cc-of-mars (Debian package gcc-mars)", aborted.getMessage());
    }

    @Test
    void shouldFindAProgramInALaterDirectory(@TempDir Path empty, @TempDir Path full)
            throws Exception {
        Path program = Files.createFile(full.resolve("tool"));
        assertTrue(program.toFile().setExecutable(true));
        assertEquals(program, Programs.require("tool", "tools", empty + ":" + full));
    }

    @Test
    void shouldReturnExitAndBothOutputs() {
        Programs.Outcome outcome =
                Programs.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        assertEquals(new Programs.Outcome(3, "out\nerr\n"), outcome);
    }
}
