// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpcodeTest {
    @ParameterizedTest
    @CsvSource({"0, NOP", "27, RECV", "64, URING_CMD128", "65, OP_65", "255, OP_255", "-1, OP_-1"})
    void shouldNameKnownOpcodesAndCountTheOthers(int opcode, String name) {
        assertEquals(name, Opcode.name(opcode));
    }
}
