package io.uringreactive.sys.abi;

import io.uringreactive.sys.abi.Constant.BitOr;
import io.uringreactive.sys.abi.Constant.CName;
import io.uringreactive.sys.abi.Constant.Name;
import io.uringreactive.sys.abi.Constant.OffsetOf;
import io.uringreactive.sys.abi.Constant.SizeOf;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every number of {@code sys.abi} and {@code sys.libc}, by reflection, with its C name. A field
 * that no rule here names has a null name, which the tests refuse.
 */
final class Constants {
    /** Classes whose fields are C constants under one prefix. */
    private static final Map<String, String> PREFIXES =
            Map.ofEntries(
                    Map.entry("CancelFlags", "IORING_ASYNC_CANCEL_"),
                    Map.entry("CqeFlags", "IORING_CQE_F_"),
                    Map.entry("EnterFlags", "IORING_ENTER_"),
                    Map.entry("Features", "IORING_FEAT_"),
                    Map.entry("Layouts.MapOffsets", "IORING_OFF_"),
                    Map.entry("Opcode", "IORING_OP_"),
                    Map.entry("PollFlags", "IORING_POLL_"),
                    Map.entry("RegisterOps", "IORING_REGISTER_"),
                    Map.entry("RestrictionOps", "IORING_RESTRICTION_"),
                    Map.entry("SetupFlags", "IORING_SETUP_"),
                    Map.entry("SocketNumbers", ""),
                    Map.entry("SqRingFlags", "IORING_SQ_"),
                    Map.entry("SqeFlags", "IOSQE_"),
                    Map.entry("Calls", ""),
                    Map.entry("RingCalls", ""),
                    Map.entry("SocketCalls", ""));

    /** Classes whose fields are offsets in one structure; {@code SIZE} is its size. */
    private static final Map<String, String> STRUCTS =
            Map.ofEntries(
                    Map.entry("Layouts.Cqe", "io_uring_cqe"),
                    Map.entry("Layouts.Params", "io_uring_params"),
                    Map.entry("Layouts.SqOffsets", "io_sqring_offsets"),
                    Map.entry("Layouts.CqOffsets", "io_cqring_offsets"),
                    Map.entry("Layouts.Probe", "io_uring_probe"),
                    Map.entry("Layouts.Buf", "io_uring_buf"),
                    Map.entry("Layouts.BufReg", "io_uring_buf_reg"),
                    Map.entry("Layouts.RsrcUpdate", "io_uring_rsrc_update"),
                    Map.entry("Layouts.Restriction", "io_uring_restriction"),
                    Map.entry("Layouts.GeteventsArg", "io_uring_getevents_arg"),
                    Map.entry("Sqe", "io_uring_sqe"));

    /** Where the C name does not follow from the class: for mixed classes and overlays. */
    private static final Map<String, CName> EXCEPTIONS =
            Map.ofEntries(
                    Map.entry("CqeFlags.BUFFER_SHIFT", new Name("IORING_CQE_BUFFER_SHIFT")),
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

    /** The static numbers of {@code classes}, named or not. */
    static List<Field> numbers(List<Class<?>> classes) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type : classes) {
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()))
                    .filter(field -> !field.isSynthetic())
                    .filter(field -> field.getType() == int.class || field.getType() == long.class)
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Everything that C can confirm. */
    static List<Constant> all(List<Class<?>> classes) {
        List<Constant> constants = new ArrayList<>();
        for (Field field : numbers(classes)) {
            CName name = cName(field);
            if (name != null) {
                constants.add(new Constant(javaName(field), name, value(field)));
            }
        }
        for (Errno errno : Errno.values()) {
            constants.add(new Constant("Errno." + errno, new Name(errno.name()), errno.number()));
        }
        for (SocketOption option : SocketOption.values()) {
            String java = "SocketOption." + option;
            String level =
                    switch (option.name().substring(0, 3)) {
                        case "SO_" -> "SOL_SOCKET";
                        case "TCP" -> "IPPROTO_TCP";
                        case "IPV" -> "IPPROTO_IPV6";
                        default -> throw new AssertionError("the level of " + option);
                    };
            constants.add(new Constant(java, new Name(option.name()), option.number()));
            constants.add(new Constant(java + ".level", new Name(level), option.level()));
        }
        return constants;
    }

    static @Nullable CName cName(Field field) {
        String owner = owner(field);
        CName exception = EXCEPTIONS.get(javaName(field));
        if (exception != null) {
            return exception;
        }
        String struct = STRUCTS.get(owner);
        if (struct != null) {
            return field.getName().equals("SIZE")
                    ? new SizeOf(struct)
                    : new OffsetOf(struct, field.getName().toLowerCase(Locale.ROOT));
        }
        String prefix = PREFIXES.get(owner);
        return prefix == null ? null : new Name(prefix + field.getName());
    }

    /** {@code Class.FIELD}, or {@code Outer.Inner.FIELD}. */
    static String javaName(Field field) {
        return owner(field) + "." + field.getName();
    }

    private static String owner(Field field) {
        String name = field.getDeclaringClass().getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static long value(Field field) {
        try {
            field.setAccessible(true);
            return ((Number) field.get(null)).longValue();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static CName unregister(String what) {
        return new Name("IORING_UNREGISTER_" + what);
    }

    private Constants() {}
}
