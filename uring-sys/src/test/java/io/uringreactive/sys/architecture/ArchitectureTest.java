// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * abi, libc, ring: each package knows only those before it. Every rule is also held against the
 * fixtures, which violate it: a rule that cannot fail is none.
 */
class ArchitectureTest {
    private static final String MAIN = "io.uringreactive.sys";
    private static final String FIXTURE = "io.uringreactive.sys.architecture.fixture";

    private static final JavaClasses MAIN_CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(MAIN);
    private static final JavaClasses FIXTURE_CLASSES =
            new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void shouldHaveImportedTheClassesThatTheRulesAreAbout() {
        for (String name : List.of("abi.Opcode", "libc.RingCalls", "ring.KernelRing")) {
            assertTrue(MAIN_CLASSES.contain(MAIN + "." + name), name);
        }
        assertFalse(MAIN_CLASSES.contain(ArchitectureTest.class), "tests obey other rules");
        for (String name : List.of("abi.Upwards", "libc.Sideways", "ring.Looker")) {
            assertTrue(FIXTURE_CLASSES.contain(FIXTURE + "." + name), name);
        }
    }

    @Test
    void shouldKeepTheNumbersBelowEverything() {
        ArchRule rule = noDependency("abi", "libc", "ring");
        rule.check(MAIN_CLASSES);
        assertViolation(noDependencyInFixture("abi", "libc", "ring"), "Upwards");
    }

    @Test
    void shouldKeepTheCallsBelowTheRing() {
        ArchRule rule = noDependency("libc", "ring");
        rule.check(MAIN_CLASSES);
        assertViolation(noDependencyInFixture("libc", "ring"), "Sideways");
    }

    @Test
    void shouldHaveNoCycleBetweenPackages() {
        slices().matching(MAIN + ".(*)..").should().beFreeOfCycles().check(MAIN_CLASSES);
        ArchRule rule = slices().matching(FIXTURE + ".(*)..").should().beFreeOfCycles();
        assertViolation(rule, "Slice abi");
    }

    @Test
    void shouldLinkOnlyInThePackageOfTheCalls() {
        linkerOnlyIn(MAIN + ".libc").check(MAIN_CLASSES);
        assertViolation(linkerOnlyIn(FIXTURE + ".libc"), "Looker");
    }

    @Test
    void shouldFindTheLinkerWhereItIs() {
        // The other direction: were the linker's name wrong in the rule, this would be no
        // violation.
        assertFalse(
                linkerOnlyIn(MAIN + ".nowhere")
                        .evaluate(MAIN_CLASSES)
                        .getFailureReport()
                        .isEmpty());
    }

    private static ArchRule noDependency(String from, String... to) {
        return noDependency(MAIN, from, to);
    }

    private static ArchRule noDependencyInFixture(String from, String... to) {
        return noDependency(FIXTURE, from, to);
    }

    private static ArchRule noDependency(String base, String from, String[] to) {
        String[] packages =
                Arrays.stream(to).map(name -> base + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(base + "." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static ArchRule linkerOnlyIn(String allowed) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(allowed + "..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.foreign\\.Linker(\\$.*)?");
    }

    private static void assertViolation(ArchRule rule, String culprit) {
        String report = rule.evaluate(FIXTURE_CLASSES).getFailureReport().toString();
        assertTrue(report.contains(culprit), "not found: " + culprit + " in: " + report);
    }
}
