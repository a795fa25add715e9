// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.test.Choices;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test of this package that runs a scenario, called without JUnit. */
record TestScenario(Method test) {
    /** Those of the classes named as simulations are whose name contains {@code filter}. */
    static List<TestScenario> all(String filter)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path here =
                Path.of(
                                TestScenario.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .resolve(TestScenario.class.getPackageName().replace('.', '/'));
        List<TestScenario> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(here)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith("SimulationTest.class")) {
                    String simpleName = name.substring(0, name.length() - ".class".length());
                    addAll(found, TestScenario.class.getPackageName() + "." + simpleName);
                }
            }
        }
        found.removeIf(scenario -> !scenario.name().contains(filter));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no scenario has '" + filter + "' in its name");
        }
        found.sort(Comparator.comparing(TestScenario::name));
        return found;
    }

    private static void addAll(List<TestScenario> found, String className)
            throws ClassNotFoundException {
        for (Method method : Class.forName(className).getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                found.add(new TestScenario(method));
            }
        }
    }

    /** The one that is named so, or the only one whose name contains {@code filter}. */
    static TestScenario one(String filter)
            throws IOException, URISyntaxException, ClassNotFoundException {
        List<TestScenario> found = all(filter);
        for (TestScenario scenario : found) {
            if (scenario.name().equals(filter)) {
                return scenario;
            }
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    found.size() + " scenarios have '" + filter + "' in their names");
        }
        return found.getFirst();
    }

    String name() {
        return test.getDeclaringClass().getSimpleName() + "#" + test.getName();
    }

    /** Under as many seeds as the system properties say. */
    void run() throws Exception {
        var constructor = test.getDeclaringClass().getDeclaredConstructor();
        try {
            test.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            switch (e.getTargetException()) {
                case Exception failure -> throw failure;
                case Error failure -> throw failure;
                case Throwable failure -> throw new AssertionError(failure);
            }
        }
    }

    /** Once, under these choices. */
    void run(Choices choices) throws Exception {
        Seeds.with(choices, this::run);
    }
}
