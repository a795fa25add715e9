// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The descriptors of the simulated process. A new one is the lowest that is free (open(2)). */
final class FileTable {
    /** Standard input, output and error are somebody else's. */
    private static final int FIRST = 3;

    private final TreeMap<Integer, SimulatedFile> files = new TreeMap<>();
    private int max;

    FileTable(int max) {
        this.max = max;
    }

    void limit(int count) {
        this.max = count;
    }

    boolean isFull() {
        return files.size() >= max;
    }

    /** The new descriptor, or -EMFILE. */
    int open(SimulatedFile file) {
        if (isFull()) {
            return -Errno.EMFILE.number();
        }
        int fd = FIRST;
        for (int used : files.keySet()) {
            if (used != fd) {
                break;
            }
            fd++;
        }
        files.put(fd, file);
        file.hold();
        return fd;
    }

    @Nullable SimulatedFile get(int fd) {
        return files.get(fd);
    }

    @Nullable SimulatedSocket socket(int fd) {
        return files.get(fd) instanceof SimulatedSocket socket ? socket : null;
    }

    /** 0 or -EBADF. */
    int close(int fd) {
        SimulatedFile file = files.remove(fd);
        if (file == null) {
            return -Errno.EBADF.number();
        }
        file.drop();
        return 0;
    }

    int count() {
        return files.size();
    }

    List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Integer, SimulatedFile> entry : files.entrySet()) {
            lines.add("fd " + entry.getKey() + ": " + entry.getValue().describe());
        }
        return lines;
    }
}
