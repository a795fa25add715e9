// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.simulation;

import io.uringreactive.test.Choices;
import io.uringreactive.test.Schedule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every scenario comes to its end on a calm day. That is where shrinking goes: a scenario that
 * needs some decision to end at all would show it among the events of every failure.
 */
class CalmTest {
    @TestFactory
    Stream<DynamicTest> shouldPassWithoutAnEvent() throws Exception {
        return TestScenario.all("").stream()
                .map(
                        scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.name(),
                                        () -> scenario.run(Choices.replayed(Schedule.calm(2)))));
    }
}
