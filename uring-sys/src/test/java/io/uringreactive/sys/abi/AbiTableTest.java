package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.sys.testing.SourceTree;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Our numbers against the table; needs neither a kernel nor a compiler. */
class AbiTableTest {
    /** The table was printed without the fields of the type {@code __aligned_u64}. */
    private static final Set<String> NOT_IN_TABLE =
            Set.of("field io_uring_rsrc_update.data offset");

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
        if (NOT_IN_TABLE.contains(row)) {
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
    void shouldSayInTheJavadocOfEachOpcodeWhichKernelBroughtIt() {
        String source =
                SourceTree.read(
                        SourceTree.root()
                                .resolve("uring-sys/src/main/java/io/uringreactive/sys/abi")
                                .resolve("Opcode.java"));
        Matcher opcode =
                Pattern.compile("/\\*\\* Linux ([0-9.]+)\\. \\*/\\s+public static final int (\\w+)")
                        .matcher(source);
        Stream.Builder<Executable> checks = Stream.builder();
        int found = 0;
        while (opcode.find()) {
            String name = "const IORING_OP_" + opcode.group(2);
            String release = opcode.group(1);
            checks.add(() -> assertEquals(table.sinceKernel(name), release, name));
            found++;
        }
        assertEquals(Opcode.COUNT, found, "opcodes with a release in their Javadoc");
        assertAll(checks.build());
    }
}
