// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import java.util.ArrayDeque;
import java.util.List;

/** What has happened: the last lines for people, a digest of all for comparing two runs. */
final class Trace {
    private static final int LINES_MAX = 60;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long digest;
    private long count;

    void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.remove();
        }
        lines.add(line);
        digest = digest * 31 + line.hashCode();
        count++;
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

    List<String> last() {
        return List.copyOf(lines);
    }
}
