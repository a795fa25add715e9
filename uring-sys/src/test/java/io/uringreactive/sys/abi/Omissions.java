// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in the table and not with us, or with us and not in the table, each with why. */
final class Omissions {
    private static final Pattern RESERVED =
            Pattern.compile("field \\w+\\.(__)?(pad|resv|rsvd)\\d? .*");
    private static final Pattern FLAG_BIT = Pattern.compile("const IOSQE_\\w+_BIT");

    private static final String COUNT = "a count that grows with each release; the kernel is asked";
    private static final String AS_IN_KERNEL =
            "the kernel's own header has it, the table's has not";
    private static final String ALIGNED = "the table was printed without __aligned_u64 fields";
    private static final String QUERY = "of linux/io_uring/query.h, which the table does not cover";

    /** Single rows of the table that have no constant. */
    static final Map<String, String> NAMED =
            Map.of(
                    "const IORING_REGISTER_LAST", COUNT,
                    "const IORING_RESTRICTION_LAST", COUNT,
                    "const __ZCRX_CTRL_LAST", COUNT,
                    "const IORING_URING_CMD_MASK", "all flags there are; it differs by release");

    /** Constants that have no row in the table. */
    static final Map<String, String> NOT_IN_TABLE =
            Map.ofEntries(
                    Map.entry("field io_uring_rsrc_update.data offset", ALIGNED),
                    Map.entry("field io_uring_rsrc_update2.data offset", ALIGNED),
                    Map.entry("field io_uring_rsrc_update2.tags offset", ALIGNED),
                    Map.entry("field io_uring_rsrc_register.data offset", ALIGNED),
                    Map.entry("field io_uring_rsrc_register.tags offset", ALIGNED),
                    Map.entry("field io_uring_files_update.fds offset", ALIGNED),
                    Map.entry("field io_uring_napi.opcode offset", AS_IN_KERNEL),
                    Map.entry("field io_uring_napi.op_param offset", AS_IN_KERNEL),
                    Map.entry("const IORING_NOP_FILE", AS_IN_KERNEL),
                    Map.entry("const IORING_NOP_FIXED_FILE", AS_IN_KERNEL),
                    Map.entry("const IORING_NOP_FIXED_BUFFER", AS_IN_KERNEL),
                    Map.entry("const IORING_NOP_TW", AS_IN_KERNEL),
                    Map.entry("const IORING_URING_CMD_MULTISHOT", AS_IN_KERNEL),
                    Map.entry("const IO_URING_QUERY_OPCODES", QUERY),
                    Map.entry("struct io_uring_query_hdr size", QUERY),
                    Map.entry("field io_uring_query_hdr.next_entry offset", QUERY),
                    Map.entry("field io_uring_query_hdr.query_data offset", QUERY),
                    Map.entry("field io_uring_query_hdr.query_op offset", QUERY),
                    Map.entry("field io_uring_query_hdr.size offset", QUERY),
                    Map.entry("field io_uring_query_hdr.result offset", QUERY),
                    Map.entry("struct io_uring_query_opcode size", QUERY),
                    Map.entry("field io_uring_query_opcode.nr_request_opcodes offset", QUERY),
                    Map.entry("field io_uring_query_opcode.nr_register_opcodes offset", QUERY),
                    Map.entry("field io_uring_query_opcode.feature_flags offset", QUERY),
                    Map.entry("field io_uring_query_opcode.ring_setup_flags offset", QUERY),
                    Map.entry("field io_uring_query_opcode.enter_flags offset", QUERY),
                    Map.entry("field io_uring_query_opcode.sqe_flags offset", QUERY),
                    Map.entry("field io_uring_query_opcode.nr_query_opcodes offset", QUERY));

    /** Why {@code row} of the table has no constant, null where it must have one. */
    static @Nullable String reason(String row) {
        boolean padding =
                RESERVED.matcher(row).matches() && !row.startsWith("field io_uring_sqe.__pad2");
        if (padding) {
            return "reserved: it is zero and has no meaning";
        }
        if (FLAG_BIT.matcher(row).matches()) {
            return "the number of a bit whose mask stands in SqeFlags";
        }
        return NAMED.get(row);
    }

    private Omissions() {}
}
