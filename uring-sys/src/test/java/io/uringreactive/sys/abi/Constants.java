// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

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
                    Map.entry("CqRingFlags", "IORING_CQ_"),
                    Map.entry("EnterFlags", "IORING_ENTER_"),
                    Map.entry("Features", "IORING_FEAT_"),
                    Map.entry("FixedFdFlags", "IORING_FIXED_FD_"),
                    Map.entry("FsyncFlags", "IORING_FSYNC_"),
                    Map.entry("FutexFlags", "FUTEX2_"),
                    Map.entry("Layouts.MapOffsets", "IORING_OFF_"),
                    Map.entry("NopFlags", "IORING_NOP_"),
                    Map.entry("Opcode", "IORING_OP_"),
                    Map.entry("PollFlags", "IORING_POLL_"),
                    Map.entry("RegisterOps", "IORING_REGISTER_"),
                    Map.entry("RestrictionOps", "IORING_RESTRICTION_"),
                    Map.entry("SetupFlags", "IORING_SETUP_"),
                    Map.entry("SocketCommand", "SOCKET_URING_OP_"),
                    Map.entry("SocketNumbers", ""),
                    Map.entry("SpliceFlags", "SPLICE_F_"),
                    Map.entry("SqRingFlags", "IORING_SQ_"),
                    Map.entry("SqeFlags", "IOSQE_"),
                    Map.entry("TimeoutFlags", "IORING_TIMEOUT_"),
                    Map.entry("TimestampFlags", "IORING_TIMESTAMP_"),
                    Map.entry("UringCmdFlags", "IORING_URING_CMD_"),
                    Map.entry("WaitIdFlags", ""),
                    Map.entry("WorkerKind", "IO_WQ_"),
                    Map.entry("ZcrxLayouts.Flags", "ZCRX_"),
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
                    Map.entry("Layouts.Restriction", "io_uring_restriction"),
                    Map.entry("Layouts.GeteventsArg", "io_uring_getevents_arg"),
                    Map.entry("Layouts.RecvmsgOut", "io_uring_recvmsg_out"),
                    Map.entry("RegisterLayouts.RsrcRegister", "io_uring_rsrc_register"),
                    Map.entry("RegisterLayouts.RsrcUpdate", "io_uring_rsrc_update"),
                    Map.entry("RegisterLayouts.RsrcUpdate2", "io_uring_rsrc_update2"),
                    Map.entry("RegisterLayouts.FilesUpdate", "io_uring_files_update"),
                    Map.entry("RegisterLayouts.FileIndexRange", "io_uring_file_index_range"),
                    Map.entry("RegisterLayouts.CloneBuffers", "io_uring_clone_buffers"),
                    Map.entry("RegisterLayouts.ClockRegister", "io_uring_clock_register"),
                    Map.entry("RegisterLayouts.Napi", "io_uring_napi"),
                    Map.entry("RegisterLayouts.SyncCancel", "io_uring_sync_cancel_reg"),
                    Map.entry("RegisterLayouts.RegionDesc", "io_uring_region_desc"),
                    Map.entry("RegisterLayouts.MemRegionReg", "io_uring_mem_region_reg"),
                    Map.entry("RegisterLayouts.RegWait", "io_uring_reg_wait"),
                    Map.entry("RegisterLayouts.BufStatus", "io_uring_buf_status"),
                    Map.entry("RegisterLayouts.TaskRestriction", "io_uring_task_restriction"),
                    Map.entry("QueryLayouts.Header", "io_uring_query_hdr"),
                    Map.entry("QueryLayouts.Opcodes", "io_uring_query_opcode"),
                    Map.entry("ZcrxLayouts.Rqe", "io_uring_zcrx_rqe"),
                    Map.entry("ZcrxLayouts.Cqe", "io_uring_zcrx_cqe"),
                    Map.entry("ZcrxLayouts.Offsets", "io_uring_zcrx_offsets"),
                    Map.entry("ZcrxLayouts.AreaReg", "io_uring_zcrx_area_reg"),
                    Map.entry("ZcrxLayouts.IfqReg", "io_uring_zcrx_ifq_reg"),
                    Map.entry("ZcrxLayouts.CtrlFlushRq", "zcrx_ctrl_flush_rq"),
                    Map.entry("ZcrxLayouts.CtrlExport", "zcrx_ctrl_export"),
                    Map.entry("ZcrxLayouts.Ctrl", "zcrx_ctrl"),
                    Map.entry("Sqe", "io_uring_sqe"),
                    Map.entry("SqeFields", "io_uring_sqe"));

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
        CName exception = ConstantNames.EXCEPTIONS.get(javaName(field));
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

    /** The release that brought it, by the annotation of the field or of a class around it. */
    static @Nullable String sinceLinux(Field field) {
        SinceLinux since = field.getAnnotation(SinceLinux.class);
        Class<?> owner = field.getDeclaringClass();
        while (since == null && owner != null) {
            since = owner.getAnnotation(SinceLinux.class);
            owner = owner.getEnclosingClass();
        }
        return since == null ? null : since.value();
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
            Number number = (Number) field.get(null);
            return ConstantNames.UNSIGNED.contains(javaName(field))
                    ? Integer.toUnsignedLong(number.intValue())
                    : number.longValue();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Constants() {}
}
