// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** The main class of the JVMs that {@link ConfinementTest} starts; prints what it finds. */
final class ConfinedMain {
    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "features" -> {
                features();
                // The classes that could not be initialised fail in another way the second time.
                features();
            }
            case "open" -> open(Integer.parseInt(arguments[1]));
            case "pin" -> pin(Integer.parseInt(arguments[1]));
            case "wait" -> waits();
            case "exhaust" -> exhaust(Integer.parseInt(arguments[1]));
            case "retry" -> retry();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void features() {
        try {
            System.out.println("granted " + LinuxKernel.instance().features().opcodes());
        } catch (RingUnavailable e) {
            System.out.println(e.reason() + " | " + e.getMessage());
        }
    }

    private static void open(int entries) {
        try (OpenRing open = OpenRing.open(entries, 2 * entries)) {
            open.nop(1);
            open.await(1);
            System.out.println("works with " + open.ring.submissionEntries());
            open.ring.concessions().forEach(line -> System.out.println("gave up: " + line));
        } catch (RingUnavailable e) {
            System.out.println(e.reason() + " | " + e.getMessage());
        }
    }

    /** Registers buffers of so many KiB until no more memory may be locked, then frees one. */
    private static void pin(int kib) {
        try (OpenRing open = OpenRing.open(8, 16)) {
            BufferTable table = open.ring.bufferTable(1024);
            MemorySegment memory = Arena.ofAuto().allocate(1024L * kib, 4096);
            int slot = 0;
            try {
                while (table.set(slot, memory) == 0) {
                    slot++;
                }
            } catch (RingUnavailable e) {
                System.out.println(e.reason() + " | " + e.getMessage());
            }
            System.out.println("pinned some: " + (slot > 0));
            System.out.println("cleared " + table.clear(slot - 1));
            System.out.println("pinned again " + table.set(slot - 1, memory));
        }
    }

    /** A ring that wants its wait registered, and waits. */
    private static void waits() {
        RingConfig config = new RingConfig(8, 16).withRegisteredWait();
        try (OpenRing open = OpenRing.of(openAgain(config))) {
            open.nop(1);
            System.out.println("completed " + open.await(1).size());
            open.ring.concessions().forEach(line -> System.out.println("gave up: " + line));
        }
    }

    /** Opens rings until there is nothing left to open one with, then frees one and goes on. */
    private static void exhaust(int entries) {
        // From a directory a class is loaded by a descriptor, and there will be none: load it now.
        RingUnavailable loaded = Diagnosis.explain("nothing", 0, SystemFacts.read());
        assert loaded.reason() == RingUnavailable.Reason.OTHER : loaded;
        Deque<Ring> rings = new ArrayDeque<>();
        RingConfig config = new RingConfig(entries, 2 * entries);
        try {
            while (true) {
                rings.push(LinuxKernel.instance().openRing(config));
            }
        } catch (RingUnavailable e) {
            System.out.println(e.reason() + " | " + e.getMessage());
        }
        rings.pop().close();
        System.out.println("lost " + (ProcSelf.ringDescriptors() - 2L * rings.size()));
        rings.push(openAgain(config));
        System.out.println("recovered with " + rings.size());
        rings.forEach(Ring::close);
    }

    /** The kernel takes a closed ring apart, and its charge back, some time after the close. */
    private static Ring openAgain(RingConfig config) {
        long end = System.nanoTime() + OpenRing.PATIENCE.toNanos();
        while (true) {
            try {
                return LinuxKernel.instance().openRing(config);
            } catch (RingUnavailable e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Asks for the features again and again: a failed probe must leave nothing behind. */
    private static void retry() {
        for (int round = 0; round < 5; round++) {
            features();
        }
        System.out.println("descriptors " + ProcSelf.ringDescriptors());
        System.out.println("mappings " + ProcSelf.ringMappings());
    }

    private ConfinedMain() {}
}
