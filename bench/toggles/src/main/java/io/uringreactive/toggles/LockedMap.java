// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.CompletionHandler;
import io.uringreactive.sys.ring.Ring;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link Toggle#MAP}: operations by their user_data in a hash map under a lock, in front of the
 * loop's own table. The map is not for show: a CQE of an operation that is not in it is refused.
 */
final class LockedMap extends ForwardingRing {
    /** What somebody who looks an operation up by its CQE wants to know. */
    private record Operation(int opcode, int fd) {}

    private final Object lock = new Object();
    private final Map<Long, Operation> operations = new HashMap<>();

    /** Reserved and being filled in; the view shows it until the next one is reserved. */
    private @Nullable Sqe prepared;

    LockedMap(Ring ring) {
        super(ring);
    }

    @Override
    public Sqe reserve() {
        enterInMap();
        Sqe sqe = super.reserve();
        prepared = sqe;
        return sqe;
    }

    @Override
    public void enter(long timeoutNanos) {
        enterInMap();
        super.enter(timeoutNanos);
    }

    /** Before the kernel can see it: its CQE must find it. */
    private void enterInMap() {
        Sqe sqe = prepared;
        prepared = null;
        if (sqe != null && isWatched(sqe.userData())) {
            Operation operation = new Operation(sqe.opcode(), sqe.fd());
            synchronized (lock) {
                operations.put(sqe.userData(), operation);
            }
        }
    }

    @Override
    public int drain(CompletionHandler handler, int limit) {
        return super.drain(
                (userData, result, flags) -> {
                    if (isWatched(userData)) {
                        find(userData, CqeFlags.isTerminal(flags));
                    }
                    handler.onCompletion(userData, result, flags);
                },
                limit);
    }

    private void find(long userData, boolean last) {
        Operation operation;
        synchronized (lock) {
            operation = last ? operations.remove(userData) : operations.get(userData);
        }
        if (operation == null) {
            throw new IllegalStateException("a CQE of no operation: " + userData);
        }
    }

    /**
     * The loop gives operations whose result nobody waits for a negative one, and many the same.
     */
    private static boolean isWatched(long userData) {
        return userData >= 0;
    }

    int size() {
        synchronized (lock) {
            return operations.size();
        }
    }
}
