// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import io.uringreactive.sys.abi.Constant.BitOr;
import io.uringreactive.sys.abi.Constant.CName;
import io.uringreactive.sys.abi.Constant.Name;
import io.uringreactive.sys.abi.Constant.OffsetOf;
import io.uringreactive.sys.abi.Constant.SizeOf;
import java.util.Map;
import java.util.Set;

/** C names that do not follow from the class and the field. */
final class ConstantNames {
    /** Unsigned numbers of 32 bits in C whose highest bit is set: negative as an {@code int}. */
    static final Set<String> UNSIGNED =
            Set.of(
                    "NetFlags.NOTIF_USAGE_ZC_COPIED",
                    "RegisterFlags.FILE_INDEX_ALLOC",
                    "RegisterOps.USE_REGISTERED_RING",
                    "SpliceFlags.FD_IN_FIXED");

    /** Where the C name does not follow from the class: for mixed classes and overlays. */
    static final Map<String, CName> EXCEPTIONS =
            Map.ofEntries(
                    Map.entry("CqeFlags.BUFFER_SHIFT", new Name("IORING_CQE_BUFFER_SHIFT")),
                    Map.entry("CqeFlags.BIG", new Name("IORING_CQE_F_32")),
                    Map.entry("FutexFlags.WAITV_SIZE", new SizeOf("futex_waitv")),
                    Map.entry("FutexFlags.WAITV_VAL", new OffsetOf("futex_waitv", "val")),
                    Map.entry("FutexFlags.WAITV_UADDR", new OffsetOf("futex_waitv", "uaddr")),
                    Map.entry("FutexFlags.WAITV_FLAGS", new OffsetOf("futex_waitv", "flags")),
                    Map.entry("MsgRingFlags.DATA", new Name("IORING_MSG_DATA")),
                    Map.entry("MsgRingFlags.SEND_FD", new Name("IORING_MSG_SEND_FD")),
                    Map.entry("MsgRingFlags.CQE_SKIP", new Name("IORING_MSG_RING_CQE_SKIP")),
                    Map.entry("MsgRingFlags.FLAGS_PASS", new Name("IORING_MSG_RING_FLAGS_PASS")),
                    Map.entry("TimeoutFlags.LINK_UPDATE", new Name("IORING_LINK_TIMEOUT_UPDATE")),
                    Map.entry("TimestampFlags.CQE_F_HW", new Name("IORING_CQE_F_TSTAMP_HW")),
                    Map.entry("RwAttributes.FLAG_PI", new Name("IORING_RW_ATTR_FLAG_PI")),
                    Map.entry("RwAttributes.PI_SIZE", new SizeOf("io_uring_attr_pi")),
                    Map.entry("RwAttributes.PI_FLAGS", pi("flags")),
                    Map.entry("RwAttributes.PI_APP_TAG", pi("app_tag")),
                    Map.entry("RwAttributes.PI_LEN", pi("len")),
                    Map.entry("RwAttributes.PI_ADDR", pi("addr")),
                    Map.entry("RwAttributes.PI_SEED", pi("seed")),
                    Map.entry("RegisterFlags.RSRC_SPARSE", new Name("IORING_RSRC_REGISTER_SPARSE")),
                    Map.entry("RegisterFlags.FILES_SKIP", new Name("IORING_REGISTER_FILES_SKIP")),
                    Map.entry(
                            "RegisterFlags.FILE_INDEX_ALLOC", new Name("IORING_FILE_INDEX_ALLOC")),
                    Map.entry("RegisterFlags.FILES_UNSET", new Name("-1")),
                    Map.entry(
                            "RegisterFlags.CLONE_SRC_REGISTERED",
                            new Name("IORING_REGISTER_SRC_REGISTERED")),
                    Map.entry(
                            "RegisterFlags.CLONE_DST_REPLACE",
                            new Name("IORING_REGISTER_DST_REPLACE")),
                    Map.entry("RegisterFlags.PBUF_RING_MMAP", new Name("IOU_PBUF_RING_MMAP")),
                    Map.entry("RegisterFlags.PBUF_RING_INC", new Name("IOU_PBUF_RING_INC")),
                    Map.entry(
                            "RegisterFlags.MEM_REGION_TYPE_USER",
                            new Name("IORING_MEM_REGION_TYPE_USER")),
                    Map.entry(
                            "RegisterFlags.MEM_REGION_WAIT_ARG",
                            new Name("IORING_MEM_REGION_REG_WAIT_ARG")),
                    Map.entry("RegisterFlags.WAIT_TS", new Name("IORING_REG_WAIT_TS")),
                    Map.entry(
                            "RegisterLayouts.RegionDesc.BYTES",
                            new OffsetOf("io_uring_region_desc", "size")),
                    Map.entry(
                            "QueryLayouts.Header.BYTES",
                            new OffsetOf("io_uring_query_hdr", "size")),
                    Map.entry("QueryLayouts.Opcodes.QUERY", new Name("IO_URING_QUERY_OPCODES")),
                    Map.entry("ZcrxLayouts.Flags.AREA_DMABUF", new Name("IORING_ZCRX_AREA_DMABUF")),
                    Map.entry("ZcrxLayouts.Flags.AREA_SHIFT", new Name("IORING_ZCRX_AREA_SHIFT")),
                    Map.entry("ZcrxLayouts.Flags.AREA_MASK", new Name("IORING_ZCRX_AREA_MASK")),
                    Map.entry("Layouts.Probe.OP_OP", new OffsetOf("io_uring_probe_op", "op")),
                    Map.entry("Layouts.Buf.RING_BUFS", new OffsetOf("io_uring_buf_ring", "bufs")),
                    Map.entry("Layouts.Buf.RING_SIZE", new SizeOf("io_uring_buf_ring")),
                    Map.entry("RegisterOps.UNREGISTER_BUFFERS", unregister("BUFFERS")),
                    Map.entry("RegisterOps.UNREGISTER_FILES", unregister("FILES")),
                    Map.entry("RegisterOps.UNREGISTER_EVENTFD", unregister("EVENTFD")),
                    Map.entry("RegisterOps.UNREGISTER_PERSONALITY", unregister("PERSONALITY")),
                    Map.entry("RegisterOps.UNREGISTER_IOWQ_AFF", unregister("IOWQ_AFF")),
                    Map.entry("RegisterOps.UNREGISTER_NAPI", unregister("NAPI")),
                    Map.entry("NetFlags.SEND_VECTORIZED", new Name("IORING_SEND_VECTORIZED")),
                    Map.entry(
                            "NetFlags.NOTIF_USAGE_ZC_COPIED",
                            new Name("IORING_NOTIF_USAGE_ZC_COPIED")),
                    Map.entry("Opcode.COUNT", new Name("IORING_OP_LAST")),
                    Map.entry("RegisterOps.UNREGISTER_RING_FDS", unregister("RING_FDS")),
                    Map.entry("RegisterOps.UNREGISTER_PBUF_RING", unregister("PBUF_RING")),
                    Map.entry("NetFlags.ACCEPT_MULTISHOT", new Name("IORING_ACCEPT_MULTISHOT")),
                    Map.entry("NetFlags.ACCEPT_DONTWAIT", new Name("IORING_ACCEPT_DONTWAIT")),
                    Map.entry("NetFlags.ACCEPT_POLL_FIRST", new Name("IORING_ACCEPT_POLL_FIRST")),
                    Map.entry("NetFlags.POLL_FIRST", new Name("IORING_RECVSEND_POLL_FIRST")),
                    Map.entry("NetFlags.RECV_MULTISHOT", new Name("IORING_RECV_MULTISHOT")),
                    Map.entry("NetFlags.FIXED_BUF", new Name("IORING_RECVSEND_FIXED_BUF")),
                    Map.entry(
                            "NetFlags.SEND_ZC_REPORT_USAGE",
                            new Name("IORING_SEND_ZC_REPORT_USAGE")),
                    Map.entry("NetFlags.BUNDLE", new Name("IORING_RECVSEND_BUNDLE")),
                    Map.entry("Sqe.OP_FLAGS", new OffsetOf("io_uring_sqe", "msg_flags")),
                    Map.entry("Sqe.PAD2", new OffsetOf("io_uring_sqe", "__pad2")),
                    Map.entry("Layouts.Probe.OP_SIZE", new SizeOf("io_uring_probe_op")),
                    Map.entry("Layouts.Probe.OP_FLAGS", new OffsetOf("io_uring_probe_op", "flags")),
                    Map.entry("Layouts.Probe.OP_SUPPORTED", new Name("IO_URING_OP_SUPPORTED")),
                    Map.entry("Layouts.Buf.RING_TAIL", new OffsetOf("io_uring_buf_ring", "tail")),
                    Map.entry("Layouts.Timespec.SIZE", new SizeOf("io_timespec")),
                    Map.entry("Layouts.Timespec.SEC", new OffsetOf("io_timespec", "tv_sec")),
                    Map.entry("Layouts.Timespec.NSEC", new OffsetOf("io_timespec", "tv_nsec")),
                    Map.entry("Layouts.MsgHdr.SIZE", new SizeOf("msghdr")),
                    Map.entry("Layouts.MsgHdr.IOV", new OffsetOf("msghdr", "msg_iov")),
                    Map.entry("Layouts.MsgHdr.IOVLEN", new OffsetOf("msghdr", "msg_iovlen")),
                    Map.entry("Layouts.IoVec.SIZE", new SizeOf("iovec")),
                    Map.entry("Layouts.IoVec.BASE", new OffsetOf("iovec", "iov_base")),
                    Map.entry("Layouts.IoVec.LEN", new OffsetOf("iovec", "iov_len")),
                    Map.entry("SockAddr.SIZE_MAX", new SizeOf("sockaddr_in6")),
                    Map.entry("SockAddr.SIZE_INET", new SizeOf("sockaddr_in")),
                    Map.entry("SockAddr.PORT", new OffsetOf("sockaddr_in", "sin_port")),
                    Map.entry("SockAddr.INET_ADDR", new OffsetOf("sockaddr_in", "sin_addr")),
                    Map.entry("SockAddr.INET6_ADDR", new OffsetOf("sockaddr_in6", "sin6_addr")),
                    Map.entry(
                            "SockAddr.INET6_SCOPE", new OffsetOf("sockaddr_in6", "sin6_scope_id")),
                    Map.entry("Calls.PROT_READ_WRITE", new BitOr("PROT_READ", "PROT_WRITE")),
                    Map.entry("Calls.MAP_SHARED_POPULATE", new BitOr("MAP_SHARED", "MAP_POPULATE")),
                    Map.entry(
                            "Calls.MAP_PRIVATE_ANONYMOUS",
                            new BitOr("MAP_PRIVATE", "MAP_ANONYMOUS")),
                    Map.entry("RingCalls.SYS_IO_URING_SETUP", new Name("SYS_io_uring_setup")),
                    Map.entry("RingCalls.SYS_IO_URING_ENTER", new Name("SYS_io_uring_enter")),
                    Map.entry(
                            "RingCalls.SYS_IO_URING_REGISTER", new Name("SYS_io_uring_register")));

    private static CName unregister(String what) {
        return new Name("IORING_UNREGISTER_" + what);
    }

    private static CName pi(String field) {
        return new OffsetOf("io_uring_attr_pi", field);
    }

    private ConstantNames() {}
}
