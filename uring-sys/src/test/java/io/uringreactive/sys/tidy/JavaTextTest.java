// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaTextTest {
    /** A source, and what is left of it: code in one view, comments in the other. */
    record Sample(String source, String code, String comments) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("a // b\nc", "a     \nc", "  // b\n "),
                new Sample("a /* b\n */ c", "a     \n    c", "  /* b\n */  "),
                new Sample("f(\"x // y\") // z", "f(        )     ", "            // z"),
                new Sample("f(\"x\\\"y\") z", "f(      ) z", "           "),
                new Sample("f('\"') // z", "f(   )     ", "       // z"),
                new Sample("f('\\'') g", "f(    ) g", "         "),
                new Sample(
                        "f(\"\"\"\n\"x\" // y\n\"\"\") g",
                        "f(   \n        \n   ) g",
                        "     \n        \n      "),
                new Sample("a /* \"b */ c", "a          c", "  /* \"b */  "),
                new Sample("f(\"\\\\\") // z", "f(    )     ", "        // z"),
                new Sample("a / b", "a / b", "     "));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldTellCodeFromComments(Sample sample) {
        assertEquals(sample.code(), JavaText.code(sample.source()));
        assertEquals(sample.comments(), JavaText.comments(sample.source()));
    }
}
