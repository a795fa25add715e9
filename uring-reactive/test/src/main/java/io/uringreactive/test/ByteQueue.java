// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Bytes in the order in which they were added. */
final class ByteQueue {
    private byte[] bytes = new byte[128];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    void add(byte[] source) {
        makeRoom(source.length);
        System.arraycopy(source, 0, bytes, to, source.length);
        to += source.length;
    }

    /** Adds the first {@code count} bytes of {@code source}. */
    void add(MemorySegment source, int count) {
        makeRoom(count);
        MemorySegment.copy(source, JAVA_BYTE, 0, bytes, to, count);
        to += count;
    }

    /** Moves as much as fits to {@code target} and returns how much that was. */
    int moveTo(MemorySegment target) {
        int count = (int) Math.min(size(), target.byteSize());
        MemorySegment.copy(bytes, from, target, JAVA_BYTE, 0, count);
        from += count;
        return count;
    }

    /** Moves the first {@code count} bytes to the end of {@code target}. */
    void moveTo(ByteQueue target, int count) {
        target.makeRoom(count);
        System.arraycopy(bytes, from, target.bytes, target.to, count);
        target.to += count;
        from += count;
    }

    byte[] peek() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    byte[] take() {
        byte[] all = peek();
        clear();
        return all;
    }

    void clear() {
        from = 0;
        to = 0;
    }

    private void makeRoom(int count) {
        if (from == to) {
            clear();
        }
        if (bytes.length - to < count) {
            int size = size();
            byte[] target =
                    bytes.length - size < count
                            ? new byte[Math.max(2 * bytes.length, size + count)]
                            : bytes;
            System.arraycopy(bytes, from, target, 0, size);
            bytes = target;
            from = 0;
            to = size;
        }
    }
}
