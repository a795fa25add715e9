// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the process holds.
 *
 * @param heapBytes used after a collection
 * @param directBytes of direct buffers, as the JDK counts them
 * @param residentBytes of the process, in memory
 * @param descriptors open files
 * @param ringMappings mappings of rings
 */
record Resources(
        long heapBytes, long directBytes, long residentBytes, long descriptors, long ringMappings) {
    private static final Path SELF = Path.of("/proc/self");

    static Resources now() {
        System.gc();
        return new Resources(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                residentBytesNow(),
                descriptorsNow(),
                ringMappingsNow());
    }

    static long descriptorsNow() {
        try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
            return open.count() - 1; // the listing itself is one
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long ringMappingsNow() {
        return lines("maps").filter(line -> line.contains("io_uring")).count();
    }

    private static long residentBytesNow() {
        return lines("status")
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(SELF.resolve(file)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
