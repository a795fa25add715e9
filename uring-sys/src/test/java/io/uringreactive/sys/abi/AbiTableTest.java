// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our numbers against the table; needs neither a kernel nor a compiler. */
class AbiTableTest {
    private final AbiTable table = AbiTable.read();

    @Test
    void shouldFindEveryClassWithNumbers() {
        List<String> names = AbiClasses.all().stream().map(Class::getSimpleName).toList();
        assertTrue(names.containsAll(List.of("Opcode", "Sqe", "Cqe", "NetFlags", "Calls")));
        assertTrue(Constants.all(AbiClasses.all()).size() > 250, "reflection lost constants");
        assertTrue(table.size() > 500, "the table is cut off");
    }

    @TestFactory
    Stream<DynamicTest> shouldKnowTheCNameOf() {
        return Constants.numbers(AbiClasses.all()).stream()
                .map(
                        field ->
                                DynamicTest.dynamicTest(
                                        Constants.javaName(field), () -> assertNamed(field)));
    }

    private static void assertNamed(Field field) {
        String java = Constants.javaName(field);
        assertNotNull(Constants.cName(field), "no C name is known for " + java);
    }

    @TestFactory
    Stream<DynamicTest> shouldEqualTheTable() {
        return Constants.all(AbiClasses.all()).stream()
                .filter(constant -> constant.c().ofIoUring())
                .map(
                        constant ->
                                DynamicTest.dynamicTest(
                                        constant.java(), () -> assertInTable(constant)));
    }

    private void assertInTable(Constant constant) {
        String row = constant.c().row();
        Long value = table.value(row);
        if (Omissions.NOT_IN_TABLE.containsKey(row)) {
            assertNull(value, row + " is in the table now: take it off the list");
        } else {
            assertNotNull(value, "the table has no row: " + row);
            assertEquals(value, constant.value(), row);
        }
    }

    @Test
    void shouldRefuseANumberWithoutACName() throws Exception {
        Field stray = Integer.class.getField("MAX_VALUE");
        assertThrows(AssertionError.class, () -> assertNamed(stray));
    }

    @Test
    void shouldRefuseATypoInAName() {
        Constant typo = new Constant("Opcode.NOOP", new Constant.Name("IORING_OP_NOOP"), 0);
        assertThrowsMentioning("IORING_OP_NOOP", typo);
    }

    @Test
    void shouldRefuseAWrongValue() {
        Constant wrong = new Constant("Opcode.NOP", new Constant.Name("IORING_OP_NOP"), 1);
        assertThrowsMentioning("IORING_OP_NOP", wrong);
    }

    private void assertThrowsMentioning(String name, Constant constant) {
        AssertionError error = assertThrows(AssertionError.class, () -> assertInTable(constant));
        assertTrue(String.valueOf(error.getMessage()).contains(name), error.getMessage());
    }

    @Test
    void shouldHaveEveryRowOfTheTable() {
        Set<String> ours =
                Constants.all(AbiClasses.all()).stream()
                        .map(constant -> constant.c().row())
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (String row : table.rows()) {
            boolean omitted = Omissions.reason(row) != null;
            assertFalse(omitted && ours.contains(row), row + " is there: it is no omission");
            if (!omitted && !ours.contains(row)) {
                missing.add(row);
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void shouldGiveAReasonOnlyForWhatIsLeftOut() {
        assertNull(Omissions.reason("const IORING_OP_NOP"));
        assertNull(Omissions.reason("field io_uring_sqe.off offset"));
        assertNotNull(Omissions.reason("field io_uring_sqe.__pad1 offset"));
        for (String row : Omissions.NAMED.keySet()) {
            assertNotNull(table.value(row), "no omission, the table has no row: " + row);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldSayWhichKernelBrought() {
        return Constants.numbers(AbiClasses.all()).stream()
                .filter(field -> !field.getName().equals("COUNT"))
                .filter(field -> cName(field).ofIoUring())
                .map(
                        field ->
                                DynamicTest.dynamicTest(
                                        Constants.javaName(field), () -> assertDated(field)));
    }

    private void assertDated(Field field) {
        String since = Constants.sinceLinux(field);
        assertNotNull(since, Constants.javaName(field) + " says no release");
        assertTrue(since.matches("5\\.([1-9]|1[0-9])|6\\.([0-9]|1[0-9])|7\\.[0-9]+"), since);
        String ofTable = table.sinceKernel(cName(field).row());
        assertTrue(ofTable == null || ofTable.equals(since), since + " and not " + ofTable);
    }

    @Test
    void shouldRefuseANumberWithoutARelease() throws Exception {
        Field stray = Integer.class.getField("MAX_VALUE");
        assertNull(Constants.sinceLinux(stray));
        assertEquals("6.7", Constants.sinceLinux(FutexFlags.class.getField("PRIVATE")));
        assertEquals("6.12", Constants.sinceLinux(EnterFlags.class.getField("ABS_TIMER")));
    }

    private static Constant.CName cName(Field field) {
        return Objects.requireNonNull(Constants.cName(field), field::getName);
    }
}
