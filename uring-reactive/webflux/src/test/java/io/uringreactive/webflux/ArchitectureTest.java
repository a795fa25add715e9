// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The adapter knows HTTP's API, the connections' and Spring Framework's, and shows one class. */
class ArchitectureTest {
    private static final String MAIN = "io.uringreactive.webflux";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(MAIN);

    private static final ArchRule KNOWS_ITS_OWN =
            classes()
                    .that()
                    .resideInAPackage(MAIN)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            MAIN,
                            "io.uringreactive",
                            "io.uringreactive.http",
                            "io.uringreactive.tls",
                            "io.netty.buffer",
                            "io.netty.handler.codec.http..",
                            "io.netty.util",
                            "org.springframework.core..",
                            "org.springframework.http..",
                            "org.springframework.util",
                            "org.springframework.web.server",
                            "org.apache.commons.logging",
                            "org.reactivestreams",
                            "reactor..",
                            "org.jspecify..",
                            "java..",
                            "javax.net.ssl");

    private static final ArchRule KNOWS_NO_BOOT =
            noClasses()
                    .that()
                    .resideInAPackage(MAIN + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework.boot..", "org.springframework.context..");

    @Test
    void shouldKnowTheApisAlone() {
        assertTrue(CLASSES.contain(MAIN + ".UringServerHttpRequest"));
        KNOWS_ITS_OWN.check(CLASSES);
        KNOWS_NO_BOOT.check(CLASSES);
    }

    /** The tests' own application knows Spring's context. */
    @Test
    void shouldFindWhoKnowsMore() {
        JavaClasses withTests = new ClassFileImporter().importPackages(MAIN);
        String report = KNOWS_NO_BOOT.evaluate(withTests).getFailureReport().toString();
        assertTrue(report.contains(MAIN + ".App"), report);
        assertTrue(KNOWS_ITS_OWN.evaluate(withTests).hasViolation());
    }

    @Test
    void shouldShowOneClass() {
        List<String> shown =
                CLASSES.stream()
                        .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info"))
                        .toList();
        assertEquals(List.of("UringHttpHandlerAdapter"), shown);
    }
}
