// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * A view of one submission queue entry ({@code struct io_uring_sqe}, 64 bytes, io_uring_enter(2)).
 * Each setter writes one field of the structure and is named after it; fields that share their
 * place in a C union share a setter here, which names the most common uses.
 *
 * <p>A view is only valid while the entry is being prepared: the ring hands the same object out
 * again for the next entry. Every entry arrives zeroed. Confined to the ring's thread.
 */
@SinceLinux("5.1")
public final class Sqe {
    /** {@code sizeof(struct io_uring_sqe)}, in bytes. */
    public static final int SIZE = 64;

    public static final int OPCODE = 0;
    public static final int FLAGS = 1;
    public static final int IOPRIO = 2;
    public static final int FD = 4;
    public static final int OFF = 8;
    public static final int ADDR = 16;
    public static final int LEN = 24;
    public static final int OP_FLAGS = 28;
    public static final int USER_DATA = 32;
    public static final int BUF_GROUP = 40;
    public static final int PERSONALITY = 42;
    public static final int FILE_INDEX = 44;
    public static final int ADDR3 = 48;
    public static final int PAD2 = 56;

    private final MemorySegment entries;
    private long base;

    /** A view that can be moved over {@code entries}, an array of SQEs. */
    public Sqe(MemorySegment entries) {
        this.entries = entries;
    }

    /** Moves the view to the entry at {@code index} and zeroes it. */
    public Sqe moveTo(int index) {
        base = (long) index * SIZE;
        for (int offset = 0; offset < SIZE; offset += Long.BYTES) {
            entries.set(JAVA_LONG, base + offset, 0L);
        }
        return this;
    }

    /** Moves the view to the entry at {@code index} and keeps what stands there. */
    public Sqe lookAt(int index) {
        base = (long) index * SIZE;
        return this;
    }

    /** One of {@link Opcode}, or a newer one. */
    public Sqe opcode(int opcode) {
        entries.set(JAVA_BYTE, base + OPCODE, (byte) opcode);
        return this;
    }

    public int opcode() {
        return Byte.toUnsignedInt(entries.get(JAVA_BYTE, base + OPCODE));
    }

    /** {@link SqeFlags}. */
    public Sqe flags(int sqeFlags) {
        entries.set(JAVA_BYTE, base + FLAGS, (byte) sqeFlags);
        return this;
    }

    public int flags() {
        return Byte.toUnsignedInt(entries.get(JAVA_BYTE, base + FLAGS));
    }

    /** The field {@code ioprio}: {@link NetFlags} for the network opcodes. */
    public Sqe ioprio(int value) {
        entries.set(JAVA_SHORT, base + IOPRIO, (short) value);
        return this;
    }

    public int ioprio() {
        return Short.toUnsignedInt(entries.get(JAVA_SHORT, base + IOPRIO));
    }

    /** The file descriptor, or the file table index under {@link SqeFlags#FIXED_FILE}. */
    public Sqe fd(int fd) {
        entries.set(JAVA_INT, base + FD, fd);
        return this;
    }

    public int fd() {
        return entries.get(JAVA_INT, base + FD);
    }

    /** The field {@code off} or {@code addr2}: an offset, or a second address. */
    public Sqe off(long value) {
        entries.set(JAVA_LONG, base + OFF, value);
        return this;
    }

    public long off() {
        return entries.get(JAVA_LONG, base + OFF);
    }

    /** The field {@code addr}: an address, or what the opcode puts there. */
    public Sqe addr(long value) {
        entries.set(JAVA_LONG, base + ADDR, value);
        return this;
    }

    /** The field {@code addr}: the address of native memory that outlives the operation. */
    public Sqe addr(MemorySegment memory) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "the kernel cannot reach memory on the heap: " + memory);
        }
        return addr(memory.address());
    }

    public long addr() {
        return entries.get(JAVA_LONG, base + ADDR);
    }

    /** The field {@code len}: a length in bytes, or a count of iovecs. */
    public Sqe len(int value) {
        entries.set(JAVA_INT, base + LEN, value);
        return this;
    }

    public int len() {
        return entries.get(JAVA_INT, base + LEN);
    }

    /**
     * The opcode's own flags: {@code msg_flags}, {@code accept_flags}, {@code poll32_events}, ...
     */
    public Sqe opFlags(int value) {
        entries.set(JAVA_INT, base + OP_FLAGS, value);
        return this;
    }

    public int opFlags() {
        return entries.get(JAVA_INT, base + OP_FLAGS);
    }

    /** What the CQE will carry. */
    public Sqe userData(long value) {
        entries.set(JAVA_LONG, base + USER_DATA, value);
        return this;
    }

    public long userData() {
        return entries.get(JAVA_LONG, base + USER_DATA);
    }

    /**
     * The group of provided buffers, under {@link SqeFlags#BUFFER_SELECT}; or {@code buf_index},
     * the registered buffer of the {@code _FIXED} opcodes.
     */
    public Sqe bufGroup(int group) {
        entries.set(JAVA_SHORT, base + BUF_GROUP, (short) group);
        return this;
    }

    public int bufGroup() {
        return Short.toUnsignedInt(entries.get(JAVA_SHORT, base + BUF_GROUP));
    }

    /**
     * The field {@code file_index} or {@code optlen}: a table slot, or a multishot receive's total
     * in bytes.
     */
    public Sqe fileIndex(int value) {
        entries.set(JAVA_INT, base + FILE_INDEX, value);
        return this;
    }

    public int fileIndex() {
        return entries.get(JAVA_INT, base + FILE_INDEX);
    }

    /** The field {@code addr3}, {@code attr_ptr} or {@code optval}. */
    public Sqe addr3(long value) {
        entries.set(JAVA_LONG, base + ADDR3, value);
        return this;
    }

    public long addr3() {
        return entries.get(JAVA_LONG, base + ADDR3);
    }

    /** A registered set of credentials ({@link RegisterOps#PERSONALITY}), 0 for the task's own. */
    public Sqe personality(int value) {
        entries.set(JAVA_SHORT, base + PERSONALITY, (short) value);
        return this;
    }

    public int personality() {
        return Short.toUnsignedInt(entries.get(JAVA_SHORT, base + PERSONALITY));
    }

    /** The field {@code cmd_op}: the driver's or the socket's command ({@link SocketCommand}). */
    public Sqe cmdOp(int value) {
        entries.set(JAVA_INT, base + SqeFields.CMD_OP, value);
        return this;
    }

    public int cmdOp() {
        return entries.get(JAVA_INT, base + SqeFields.CMD_OP);
    }

    /** The fields {@code level} and {@code optname} of a socket command. */
    public Sqe option(int level, int optname) {
        entries.set(JAVA_INT, base + SqeFields.LEVEL, level);
        entries.set(JAVA_INT, base + SqeFields.OPTNAME, optname);
        return this;
    }

    /** The field {@code addr_len}: the bytes of the address of a send. */
    public Sqe addrLen(int value) {
        entries.set(JAVA_SHORT, base + SqeFields.ADDR_LEN, (short) value);
        return this;
    }

    public int addrLen() {
        return Short.toUnsignedInt(entries.get(JAVA_SHORT, base + SqeFields.ADDR_LEN));
    }

    /** The field {@code attr_type_mask}: what {@link #addr3} points to ({@link RwAttributes}). */
    public Sqe attrTypeMask(long value) {
        entries.set(JAVA_LONG, base + SqeFields.ATTR_TYPE_MASK, value);
        return this;
    }

    public long attrTypeMask() {
        return entries.get(JAVA_LONG, base + SqeFields.ATTR_TYPE_MASK);
    }

    @Override
    public String toString() {
        return "SQE "
                + Opcode.name(opcode())
                + " fd="
                + fd()
                + " addr=0x"
                + Long.toHexString(addr())
                + " len="
                + len()
                + " flags=0x"
                + Integer.toHexString(flags());
    }
}
