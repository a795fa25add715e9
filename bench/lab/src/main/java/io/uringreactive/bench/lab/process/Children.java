// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.process;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Every process that the lab has started and that has not been ended: a hook ends them when the JVM
 * stops for whatever reason but SIGKILL.
 */
public final class Children {
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    /** From SIGTERM to SIGKILL. */
    private static final int PATIENCE_SECONDS = 5;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "end-children"));
    }

    public static Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        LIVING.add(process);
        return process;
    }

    /** Ends it and what it has started, politely at first; returns when all of them have ended. */
    public static void end(Process process) {
        Family.of(process).end();
    }

    /** Signals all before it waits for the first: their time to stop passes once. */
    private static void endAll() {
        List<Family> families = LIVING.stream().map(Family::of).toList();
        families.forEach(family -> family.parent.destroy());
        families.forEach(Family::end);
    }

    /** A process and those below it, found while it lives: afterwards nothing leads to them. */
    private record Family(Process parent, List<ProcessHandle> below) {
        static Family of(Process parent) {
            return new Family(parent, parent.descendants().toList());
        }

        void end() {
            parent.destroy();
            if (!awaited(parent.toHandle())) {
                parent.destroyForcibly();
            }
            // Those that a parent left behind.
            below.forEach(ProcessHandle::destroyForcibly);
            below.forEach(Children::awaited);
            awaited(parent.toHandle());
            LIVING.remove(parent);
        }
    }

    private static boolean awaited(ProcessHandle handle) {
        try {
            handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Children() {}
}
