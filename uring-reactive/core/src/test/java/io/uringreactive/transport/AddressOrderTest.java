// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The families take turns, beginning with the first address's (RFC 8305, section 4). */
class AddressOrderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1                            | 10.0.0.1",
                "10.0.0.1 10.0.0.2                   | 10.0.0.1 10.0.0.2",
                "10.0.0.1 10.0.0.2 ::1 ::2 ::3       | 10.0.0.1 ::1 10.0.0.2 ::2 ::3",
                "::1 10.0.0.1 10.0.0.2 10.0.0.3 ::2  | ::1 10.0.0.1 ::2 10.0.0.2 10.0.0.3",
            })
    void shouldInterleave(String found, String expected) {
        assertEquals(addresses(expected), List.copyOf(AddressOrder.interleave(addresses(found))));
    }

    private static List<InetAddress> addresses(String literals) {
        return Stream.of(literals.split(" +")).map(InetAddress::ofLiteral).toList();
    }
}
