// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import java.util.ArrayDeque;
import java.util.List;

/** What has happened: the last lines for people, a digest of all for comparing two runs. */
final class Trace {
    /** What marks a line as an event, where events are written down. */
    static final String EVENT = "* ";

    private static final int LINES_MAX = 60;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final int linesMax;
    private long digest;
    private long count;

    Trace() {
        this(LINES_MAX);
    }

    Trace(int linesMax) {
        this.linesMax = linesMax;
    }

    void add(String line) {
        keep(line);
        digest = digest * 31 + line.hashCode();
        count++;
    }

    /** Why what follows is not as on a calm day; no step of its own. */
    void event(String words) {
        keep(EVENT + words);
    }

    private void keep(String line) {
        if (lines.size() == linesMax) {
            lines.remove();
        }
        lines.add(line);
    }

    void completion(String of, long userData, int result, int cqeFlags) {
        String outcome = result < 0 ? Errno.name(result) : Integer.toString(result);
        String more = CqeFlags.isTerminal(cqeFlags) ? "" : " MORE";
        String buffer =
                CqeFlags.hasBuffer(cqeFlags) ? " buffer " + CqeFlags.bufferId(cqeFlags) : "";
        add(of + " user_data=" + Long.toHexString(userData) + " res=" + outcome + more + buffer);
    }

    long digest() {
        return digest;
    }

    long count() {
        return count;
    }

    /** The end of it, for people. */
    List<String> last() {
        return lines.stream().skip(Math.max(0, lines.size() - LINES_MAX)).toList();
    }

    /** As much of it as is kept. */
    List<String> all() {
        return List.copyOf(lines);
    }
}
