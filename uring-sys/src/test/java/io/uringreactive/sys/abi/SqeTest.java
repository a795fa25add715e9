// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at the bytes: where the table says that the field stands, and nowhere else. */
class SqeTest {
    private static final long BYTES = 0x8182_8384_8586_8788L;

    private final AbiTable table = AbiTable.read();
    private final MemorySegment entries = Arena.ofAuto().allocate(3L * Sqe.SIZE, Sqe.SIZE);
    private final Sqe sqe = new Sqe(entries);

    /**
     * @param name the field's name in C
     * @param bytes its size
     */
    record Field(String name, int bytes, Consumer<Sqe> write, ToLongFunction<Sqe> read) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Field> fields() {
        return Stream.of(
                new Field("opcode", 1, sqe -> sqe.opcode((int) BYTES), Sqe::opcode),
                new Field("flags", 1, sqe -> sqe.flags((int) BYTES), Sqe::flags),
                new Field("ioprio", 2, sqe -> sqe.ioprio((int) BYTES), Sqe::ioprio),
                new Field("fd", 4, sqe -> sqe.fd((int) BYTES), Sqe::fd),
                new Field("off", 8, sqe -> sqe.off(BYTES), Sqe::off),
                new Field("addr2", 8, sqe -> sqe.off(BYTES), Sqe::off),
                new Field("addr", 8, sqe -> sqe.addr(BYTES), Sqe::addr),
                new Field("len", 4, sqe -> sqe.len((int) BYTES), Sqe::len),
                new Field("msg_flags", 4, sqe -> sqe.opFlags((int) BYTES), Sqe::opFlags),
                new Field("accept_flags", 4, sqe -> sqe.opFlags((int) BYTES), Sqe::opFlags),
                new Field("poll32_events", 4, sqe -> sqe.opFlags((int) BYTES), Sqe::opFlags),
                new Field("user_data", 8, sqe -> sqe.userData(BYTES), Sqe::userData),
                new Field("buf_group", 2, sqe -> sqe.bufGroup((int) BYTES), Sqe::bufGroup),
                new Field("file_index", 4, sqe -> sqe.fileIndex((int) BYTES), Sqe::fileIndex),
                new Field("optlen", 4, sqe -> sqe.fileIndex((int) BYTES), Sqe::fileIndex),
                new Field("addr3", 8, sqe -> sqe.addr3(BYTES), Sqe::addr3),
                new Field("optval", 8, sqe -> sqe.addr3(BYTES), Sqe::addr3),
                new Field("buf_index", 2, sqe -> sqe.bufGroup((int) BYTES), Sqe::bufGroup),
                new Field("personality", 2, sqe -> sqe.personality((int) BYTES), Sqe::personality),
                new Field("cmd_op", 4, sqe -> sqe.cmdOp((int) BYTES), Sqe::cmdOp),
                new Field("addr_len", 2, sqe -> sqe.addrLen((int) BYTES), Sqe::addrLen),
                new Field("attr_type_mask", 8, sqe -> sqe.attrTypeMask(BYTES), Sqe::attrTypeMask));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldWriteTheFieldWhereTheTableHasItAndNothingElse(Field field) {
        field.write().accept(sqe.moveTo(1));

        Long offset = table.value("field io_uring_sqe." + field.name() + " offset");
        assertNotNull(offset, field.name());
        byte[] expected = new byte[3 * Sqe.SIZE];
        byte[] value =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(BYTES)
                        .array();
        System.arraycopy(value, 0, expected, Sqe.SIZE + offset.intValue(), field.bytes());
        assertArrayEquals(expected, entries.toArray(ValueLayout.JAVA_BYTE));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldReadBackWhatWasWritten(Field field) {
        field.write().accept(sqe.moveTo(2));
        long mask = field.bytes() == 8 ? -1L : (1L << (8 * field.bytes())) - 1;
        // An fd or a length of 32 bits is signed in Java, everything shorter is not.
        long expected = field.bytes() == 4 ? (int) BYTES : BYTES & mask;
        assertEquals(expected, field.read().applyAsLong(sqe.lookAt(2)));
    }

    @Test
    void shouldPutLevelAndNameOfASocketOptionSideBySide() {
        assertEquals(0x0000_0002_0000_0001L, sqe.moveTo(0).option(1, 2).addr());
    }

    @Test
    void shouldZeroAnEntryThatIsPreparedAgainAndOnlyThat() {
        entries.fill((byte) 0x55);
        sqe.moveTo(1);
        byte[] expected = new byte[3 * Sqe.SIZE];
        Arrays.fill(expected, (byte) 0x55);
        Arrays.fill(expected, Sqe.SIZE, 2 * Sqe.SIZE, (byte) 0);
        assertArrayEquals(expected, entries.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void shouldKeepAnEntryThatIsOnlyLookedAt() {
        sqe.moveTo(0).opcode(Opcode.RECV).userData(1);
        sqe.moveTo(1).opcode(Opcode.SEND).userData(2);
        assertEquals(Opcode.RECV, sqe.lookAt(0).opcode());
        assertEquals(2, sqe.lookAt(1).userData());
    }

    @Test
    void shouldTakeTheAddressOfNativeMemory() {
        MemorySegment memory = Arena.ofAuto().allocate(8);
        assertEquals(memory.address(), sqe.moveTo(0).addr(memory).addr());
    }

    @Test
    void shouldShowOpcodeAndOperandsInWords() {
        sqe.moveTo(0).opcode(Opcode.RECV).fd(7).addr(0xABCDL).len(9).flags(SqeFlags.BUFFER_SELECT);
        assertEquals("SQE RECV fd=7 addr=0xabcd len=9 flags=0x20", sqe.toString());
    }
}
