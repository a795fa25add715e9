// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/**
 * Runs a verification of the Reactive Streams TCK, which is written for TestNG, as tests of JUnit:
 * each rule counts as one, passed, failed or skipped. A rule that is skipped must be expected to
 * be, with a reason; and one that is expected to be must be.
 */
public final class Tck {
    private static final String NO_TEST = "the TCK has no test for this rule";
    private static final long SIGNAL_MILLIS = 3_000;
    private static final long NO_SIGNAL_MILLIS = 50;

    /** What only publishers have that several may subscribe to. */
    private static final String[] SEVERAL_SUBSCRIBERS = {
        "optional_spec111_maySupportMultiSubscribe",
        "optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals",
        "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequence"
                + "ToAllOfItsSubscribersWhenRequestingOneByOne",
        "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequence"
                + "ToAllOfItsSubscribersWhenRequestingManyUpfront",
        "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequence"
                + "ToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected"
    };

    /** What a publisher for one subscriber does not run. */
    public static final Map<String, String> ONE_SUBSCRIBER =
            notRun("it has one subscriber, a second one fails", SEVERAL_SUBSCRIBERS);

    public static TestEnvironment environment() {
        return new TestEnvironment(SIGNAL_MILLIS, NO_SIGNAL_MILLIS);
    }

    /**
     * @param notRun rules that cannot be run, each with the reason
     * @param afterEach gives back what one rule's test has left
     */
    public static Stream<DynamicTest> rules(
            Object verification, Map<String, String> notRun, Runnable afterEach) {
        notRun.keySet()
                .forEach(rule -> Assertions.assertTrue(isRule(verification, rule), "no " + rule));
        return Stream.of(verification.getClass().getMethods())
                .filter(method -> has(method, Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getName(),
                                        () -> run(verification, rule, notRun, afterEach)));
    }

    /** The same {@code reason} for several {@code rules}. */
    public static Map<String, String> notRun(String reason, String... rules) {
        return Stream.of(rules).collect(Collectors.toMap(rule -> rule, rule -> reason));
    }

    public static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static boolean isRule(Object verification, String name) {
        return Stream.of(verification.getClass().getMethods())
                .anyMatch(method -> has(method, Test.class) && method.getName().equals(name));
    }

    private static boolean has(Method method, Class<? extends Annotation> annotation) {
        return method.isAnnotationPresent(annotation);
    }

    private static void invokeAll(Object on, Class<? extends Annotation> annotation)
            throws ReflectiveOperationException {
        for (Method method : on.getClass().getMethods()) {
            if (has(method, annotation)) {
                method.setAccessible(true); // its class may be private
                method.invoke(on);
            }
        }
    }

    private static void run(
            Object verification, Method rule, Map<String, String> notRun, Runnable afterEach)
            throws Throwable {
        String reason = notRun.get(rule.getName());
        try {
            invokeAll(verification, BeforeClass.class);
            invokeAll(verification, BeforeMethod.class);
            rule.setAccessible(true);
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SkipException skipped)) {
                throw e.getCause();
            }
            if (reason == null && rule.getName().startsWith("untested_")) {
                reason = NO_TEST;
            }
            if (reason == null) {
                throw new AssertionError("skipped, and nobody expects it to be", skipped);
            }
            throw new TestAbortedException("Reactive Streams TCK: " + reason);
        } finally {
            invokeAll(verification, AfterClass.class);
            afterEach.run();
        }
        Assertions.assertNull(reason, "runs, although it is expected not to");
    }

    private Tck() {}
}
