// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * transport, loop, buffer, op, net: each package knows only those before it, and the API knows none
 * of them but through its entry points. TLS knows the API alone; frames knows nothing of this
 * library but itself. Every rule is also held against the fixtures, which violate it.
 */
class ArchitectureTest {
    private static final String MAIN = "io.uringreactive";
    private static final String FIXTURE = "io.uringreactive.architecture.fixture";
    private static final List<String> LAYERS = List.of("transport", "loop", "buffer", "op", "net");

    /** The only classes of the API that look behind it. */
    private static final String ENTRY_POINTS = ".*\\.(UringNet|RingGroup)";

    private static final JavaClasses MAIN_CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(MAIN);
    private static final JavaClasses FIXTURE_CLASSES =
            new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void shouldHaveImportedTheClassesThatTheRulesAreAbout() {
        for (String name :
                List.of(
                        "UringNet",
                        "transport.Sending",
                        "loop.RingLoop",
                        "buffer.BufferPool",
                        "op.Send",
                        "net.Sender",
                        "tls.Pump",
                        "frame.Frames")) {
            assertTrue(MAIN_CLASSES.contain(MAIN + "." + name), name);
        }
        assertFalse(MAIN_CLASSES.contain(ArchitectureTest.class), "tests obey other rules");
    }

    @Test
    void shouldKnowOnlyTheLayersBelow() {
        for (int layer = 0; layer < LAYERS.size() - 1; layer++) {
            upwards(MAIN, layer).check(MAIN_CLASSES);
            assertViolation(upwards(FIXTURE, layer), "Upwards");
        }
    }

    @Test
    void shouldKeepTheApiFreeOfWhatIsBehindIt() {
        apiLooksBehind(MAIN).check(MAIN_CLASSES);
        assertViolation(apiLooksBehind(FIXTURE), "Peeking");
    }

    @Test
    void shouldKeepFramesFreeOfEverythingElseHere() {
        framesLookAround(MAIN).check(MAIN_CLASSES);
        assertViolation(framesLookAround(FIXTURE), "frame.Upwards");
    }

    @Test
    void shouldReachTheKernelOnlyThroughTheRingPackage() {
        downcalls(MAIN).check(MAIN_CLASSES);
        assertViolation(downcalls(FIXTURE), "Calling");
    }

    @Test
    void shouldNeverBlock() {
        blocking(MAIN).check(MAIN_CLASSES);
        assertViolation(blocking(FIXTURE), "Blocking");
    }

    @Test
    void shouldKeepTlsOnTheApiAlone() {
        tlsLooksBehind(MAIN).check(MAIN_CLASSES);
        assertViolation(tlsLooksBehind(FIXTURE), "Leaning");
        apiKnowsTls(MAIN).check(MAIN_CLASSES);
        assertViolation(apiKnowsTls(FIXTURE), "Knowing");
    }

    private static ArchRule tlsLooksBehind(String base) {
        List<String> behind = new ArrayList<>(List.of("io.uringreactive.sys.."));
        LAYERS.forEach(name -> behind.add(base + "." + name + ".."));
        return noClasses()
                .that()
                .resideInAPackage(base + ".tls..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(behind.toArray(String[]::new));
    }

    private static ArchRule apiKnowsTls(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".tls..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(base + ".tls..");
    }

    private static ArchRule upwards(String base, int layer) {
        String[] above =
                LAYERS.subList(layer + 1, LAYERS.size()).stream()
                        .map(name -> base + "." + name + "..")
                        .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(base + "." + LAYERS.get(layer) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above);
    }

    private static ArchRule apiLooksBehind(String base) {
        String[] behind =
                LAYERS.stream().map(name -> base + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that(
                        resideInAPackage(base)
                                .and(DescribedPredicate.not(nameMatching(ENTRY_POINTS))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(behind);
    }

    private static ArchRule framesLookAround(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + ".frame..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(MAIN + "..")
                                .and(DescribedPredicate.not(resideInAPackage(base + ".frame.."))));
    }

    private static ArchRule downcalls(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackage("io.uringreactive.sys..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.uringreactive.sys.libc..");
    }

    private static ArchRule blocking(String base) {
        DescribedPredicate<JavaClass> publishers =
                nameMatching("reactor\\.core\\.publisher\\.(Mono|Flux)").forSubtype();
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .should()
                .callMethodWhere(
                        DescribedPredicate.describe(
                                "block() of a publisher, or Thread.sleep",
                                call ->
                                        (publishers.test(call.getTargetOwner())
                                                        && call.getName().startsWith("block"))
                                                || (call.getTargetOwner()
                                                                .isEquivalentTo(Thread.class)
                                                        && call.getName().equals("sleep"))));
    }

    private static void assertViolation(ArchRule rule, String culprit) {
        String report = rule.evaluate(FIXTURE_CLASSES).getFailureReport().toString();
        assertTrue(report.contains(culprit), "not found: " + culprit + " in: " + report);
    }
}
