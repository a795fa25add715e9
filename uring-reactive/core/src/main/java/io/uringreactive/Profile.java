// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static io.uringreactive.sys.abi.Opcode.*;

import io.uringreactive.sys.abi.RegisterOps;
import io.uringreactive.sys.abi.SqeFlags;
import io.uringreactive.sys.ring.RingRestrictions;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What the rings of a group may ever be asked to do. The kernel itself holds them to it: a ring is
 * restricted before it is enabled (IORING_REGISTER_RESTRICTIONS, Linux 5.10), and from then on
 * nobody, not even code that got hold of its descriptor, submits anything else. An operation
 * outside the profile fails with {@link OperationForbidden}.
 */
public enum Profile {
    /** Sockets, timers and messages between rings. Cannot open, read or write a file. */
    NETWORK(network()),

    /** {@link #NETWORK}, and files: open, read, write, rename and the like. */
    NETWORK_AND_FILES(networkAndFiles()),

    /** Any operation, also those that this library does not know yet. */
    ALL(RingRestrictions.NONE);

    private final RingRestrictions restrictions;

    Profile(RingRestrictions restrictions) {
        this.restrictions = restrictions;
    }

    /** Whether the kernel accepts {@code opcode} from rings of this profile. */
    public boolean allows(int opcode) {
        return restrictions.allows(opcode);
    }

    /** The narrowest profile that allows {@code opcode}. */
    public static Profile of(int opcode) {
        for (Profile profile : values()) {
            if (profile.allows(opcode)) {
                return profile;
            }
        }
        return ALL;
    }

    RingRestrictions restrictions() {
        return restrictions;
    }

    private static RingRestrictions network() {
        return restrictions(
                SqeFlags.BUFFER_SELECT | SqeFlags.FIXED_FILE | SqeFlags.ASYNC,
                NOP,
                POLL_ADD,
                POLL_REMOVE,
                TIMEOUT,
                TIMEOUT_REMOVE,
                ASYNC_CANCEL,
                MSG_RING,
                SOCKET,
                BIND,
                LISTEN,
                ACCEPT,
                CONNECT,
                SEND,
                SENDMSG,
                SEND_ZC,
                SENDMSG_ZC,
                RECV,
                RECVMSG,
                SHUTDOWN,
                CLOSE);
    }

    private static RingRestrictions networkAndFiles() {
        RingRestrictions files =
                restrictions(
                        SqeFlags.IO_LINK | SqeFlags.IO_HARDLINK | SqeFlags.IO_DRAIN,
                        OPENAT,
                        OPENAT2,
                        READ,
                        READV,
                        READ_FIXED,
                        READ_MULTISHOT,
                        WRITE,
                        WRITEV,
                        WRITE_FIXED,
                        FSYNC,
                        SYNC_FILE_RANGE,
                        FALLOCATE,
                        FTRUNCATE,
                        FADVISE,
                        STATX,
                        RENAMEAT,
                        UNLINKAT,
                        MKDIRAT,
                        SYMLINKAT,
                        LINKAT,
                        SPLICE,
                        TEE,
                        LINK_TIMEOUT);
        return network().and(files);
    }

    /** What the loop itself registers once the ring runs, whatever the profile. */
    private static RingRestrictions restrictions(int sqeFlags, int... opcodes) {
        BitSet registrations = new BitSet();
        IntStream.of(
                        RegisterOps.IOWQ_MAX_WORKERS,
                        RegisterOps.RING_FDS,
                        RegisterOps.UNREGISTER_RING_FDS,
                        RegisterOps.PBUF_RING,
                        RegisterOps.UNREGISTER_PBUF_RING,
                        RegisterOps.FILES2,
                        RegisterOps.FILES_UPDATE,
                        RegisterOps.UNREGISTER_FILES)
                .forEach(registrations::set);
        BitSet allowed = new BitSet();
        IntStream.of(opcodes).forEach(allowed::set);
        return RingRestrictions.to(allowed, sqeFlags, registrations);
    }
}
