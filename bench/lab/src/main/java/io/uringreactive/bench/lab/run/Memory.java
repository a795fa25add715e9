// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.process.Finished;
import io.uringreactive.bench.lab.process.LabException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server holds at one moment.
 *
 * @param heapBytes what lives on the heap of a JVM, after a collection
 */
record Memory(long residentBytes, OptionalLong heapBytes) {
    /** The last line of jcmd's histogram: objects and bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)\\s*$");

    /** Collects a JVM's garbage first. */
    static Memory of(Server server, Site site) {
        OptionalLong heap =
                server.isJava()
                        ? OptionalLong.of(liveHeap(site, server.pid()))
                        : OptionalLong.empty();
        return new Memory(ProcFs.residentBytes(server.pids()), heap);
    }

    /** By jcmd and not over JMX, whose agent would stay in the JVM, with threads of its own. */
    private static long liveHeap(Site site, long pid) {
        String jcmd = site.jdk().resolve("bin/jcmd").toString();
        Finished histogram =
                Finished.of(
                                List.of(
                                        "taskset",
                                        "-c",
                                        site.loadCores().toString(),
                                        jcmd,
                                        Long.toString(pid),
                                        "GC.class_histogram"))
                        .orFail();
        return total(histogram.out());
    }

    static long total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new LabException("jcmd GC.class_histogram ends without a total:\n" + histogram);
        }
        return Long.parseLong(total.group(1));
    }
}
