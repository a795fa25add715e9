// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Opens the transport for each test, and checks after it that nothing is left. */
@Timeout(60)
@ExtendWith(Deviating.class)
public abstract class Contract implements Theme {
    private @Nullable Stage stage;

    /** For the contracts of this package. */
    Contract() {}

    /** The transport for one test; may skip it where the machine does not have the transport. */
    protected abstract Subject open();

    /**
     * What this transport does not keep, each with the reason: {@code Theme#test} as it stands in
     * docs/contract.md. Such a test runs and must fail; then it is reported as a deviation.
     */
    protected Map<String, String> deviations() {
        return Map.of();
    }

    @BeforeEach
    void openStage() {
        stage = new Stage(open());
    }

    @AfterEach
    void closeStage() {
        Stage open = stage;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public final Stage stage() {
        return Objects.requireNonNull(stage);
    }

    @Test
    void shouldDeviateOnlyFromWhatIsPromised() {
        Set<String> promised =
                Arrays.stream(getClass().getMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Deviating::name)
                        .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(deviations().keySet());
        unknown.removeAll(promised);
        assertEquals(Set.of(), unknown);
    }
}
