// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** HTTP knows the API alone: whatever implements it carries HTTP. */
class ArchitectureTest {
    private static final String MAIN = "io.uringreactive.http";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(MAIN);

    private static final ArchRule LOOKS_BEHIND =
            noClasses()
                    .that()
                    .resideInAPackage(MAIN + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.uringreactive.net..",
                            "io.uringreactive.transport..",
                            "io.uringreactive.loop..",
                            "io.uringreactive.op..",
                            "io.uringreactive.buffer..",
                            "io.uringreactive.sys..");

    @Test
    void shouldKnowTheApiAlone() {
        assertTrue(CLASSES.contain(MAIN + ".ConnectionChannel"));
        LOOKS_BEHIND.check(CLASSES);
    }

    @Test
    void shouldFindWhoLooksBehind() {
        JavaClasses fixture = new ClassFileImporter().importPackages(MAIN + ".fixture");
        String report = LOOKS_BEHIND.evaluate(fixture).getFailureReport().toString();
        assertTrue(report.contains("Leaning"), report);
    }
}
