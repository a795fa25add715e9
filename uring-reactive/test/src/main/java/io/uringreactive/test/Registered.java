// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.ring.RingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is registered with one ring: groups of provided buffers, and a table of direct descriptors.
 */
final class Registered {
    private final World world;
    private final SimulatedRing ring;
    private final boolean resizable;
    private final TreeMap<Integer, SimulatedBufferRing> groups = new TreeMap<>();

    /** Those that were unregistered as well. */
    private final List<SimulatedBufferRing> allGroups = new ArrayList<>();

    private DirectTable files;

    Registered(World world, SimulatedRing ring, RingConfig config) {
        this.world = world;
        this.ring = ring;
        this.resizable = !config.resizeKernels().isEmpty() && config.polling() == null;
        this.files = new DirectTable(world, 0);
    }

    SimulatedBufferRing buffers(int group, int count) {
        if (groups.containsKey(group)) {
            throw new IllegalStateException("buffer group " + group + " exists (-EEXIST)");
        }
        SimulatedBufferRing buffers = new SimulatedBufferRing(world, ring, group, count);
        groups.put(group, buffers);
        allGroups.add(buffers);
        return buffers;
    }

    @Nullable SimulatedBufferRing buffers(int group) {
        return groups.get(group);
    }

    void forget(SimulatedBufferRing buffers) {
        groups.remove(buffers.group());
    }

    /** Buffers that are with the library. */
    int heldBuffers() {
        return allGroups.stream().mapToInt(SimulatedBufferRing::held).sum();
    }

    DirectTable files(int slots) {
        files = new DirectTable(world, slots);
        return files;
    }

    DirectTable files() {
        return files;
    }

    /** IORING_REGISTER_RESIZE_RINGS, of which only the completion queue is tried. */
    int resize(CompletionLine completions, int entries) {
        if (!resizable) {
            return -Errno.EOPNOTSUPP.number();
        }
        completions.resize(entries);
        return 0;
    }

    List<String> describe() {
        return allGroups.stream().map(SimulatedBufferRing::describe).toList();
    }
}
