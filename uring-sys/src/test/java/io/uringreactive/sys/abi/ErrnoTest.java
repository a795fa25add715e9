// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {
    @ParameterizedTest
    @EnumSource(Errno.class)
    void shouldNameTheNegatedNumber(Errno errno) {
        assertEquals(errno.name(), Errno.name(-errno.number()));
        assertTrue(errno.is(-errno.number()));
        assertFalse(errno.is(errno.number()), "a positive result is a count, not an error");
    }

    @ParameterizedTest
    @CsvSource({
        "0, errno 0",
        "-133, errno 133", // the last number that Linux gives
        "-134, errno 134",
        "-4095, errno 4095",
        "-2147483647, errno 2147483647"
    })
    void shouldGiveTheNumberWhereThereIsNoName(int result, String name) {
        assertEquals(name, Errno.name(result));
    }

    @ParameterizedTest
    @CsvSource("-2147483648, errno -2147483648")
    void shouldSurviveTheIntThatHasNoNegative(int result, String name) {
        assertEquals(name, Errno.name(result));
    }
}
