// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import org.jspecify.annotations.Nullable;

/**
 * One number of ours and what C calls it.
 *
 * @param java where it stands, {@code Class.FIELD}
 * @param c the C expression that has this value
 */
record Constant(String java, CName c, long value) {

    /** A C expression, in the words of the table and of the compiler. */
    sealed interface CName {
        /** How the table of the io_uring interface begins the row: its first columns. */
        String row();

        /** What the compiler is given. */
        String expression();

        /** The identifier that a header which is too old does not have. */
        String identifier();

        /** The structure in which the identifier is to be looked up, null outside of any. */
        default @Nullable String structure() {
            return null;
        }

        /** Whether it belongs to {@code linux/io_uring.h}, and so has a row in the table. */
        default boolean ofIoUring() {
            return row().matches(
                            "(const (IORING|IOSQE|IO_URING|IO_WQ|IOU|SOCKET_URING|ZCRX|__ZCRX)_"
                                    + "|(struct|field) (io_|zcrx_)).*");
        }
    }

    record Name(String identifier) implements CName {
        @Override
        public String row() {
            return "const " + identifier;
        }

        @Override
        public String expression() {
            return identifier;
        }
    }

    record SizeOf(String struct) implements CName {
        @Override
        public String row() {
            return "struct " + struct + " size";
        }

        @Override
        public String expression() {
            return "sizeof(struct " + identifier() + ")";
        }

        @Override
        public String identifier() {
            return Constant.header(struct);
        }
    }

    record OffsetOf(String struct, String field) implements CName {
        @Override
        public String row() {
            return "field " + struct + "." + field + " offset";
        }

        @Override
        public String expression() {
            return "offsetof(struct " + Constant.header(struct) + ", " + field + ")";
        }

        @Override
        public String identifier() {
            return field;
        }

        @Override
        public String structure() {
            return Constant.header(struct);
        }
    }

    /** Several C constants in one of ours, as {@code A | B}. */
    record BitOr(String first, String second) implements CName {
        @Override
        public String row() {
            return "const " + expression();
        }

        @Override
        public String expression() {
            return "(" + first + " | " + second + ")";
        }

        @Override
        public String identifier() {
            return second;
        }
    }

    /** The table has the timespec under a name of its own, which no header defines. */
    private static String header(String struct) {
        return struct.equals("io_timespec") ? "__kernel_timespec" : struct;
    }
}
