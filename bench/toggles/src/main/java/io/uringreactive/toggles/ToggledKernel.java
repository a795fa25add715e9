// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.toggles;

import io.uringreactive.sys.ring.InterruptedRing;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingConfig;
import io.uringreactive.sys.ring.RingFeatures;
import io.uringreactive.sys.ring.RingRestrictions;
import io.uringreactive.sys.ring.Sockets;
import java.util.EnumSet;
import java.util.Set;

/** The running kernel, whose rings are used as toggles say; without any they are as they are. */
final class ToggledKernel implements Kernel {
    private final LinuxKernel kernel = LinuxKernel.instance();
    private final Set<Toggle> toggles;

    ToggledKernel(Set<Toggle> toggles) {
        EnumSet<Toggle> copy = EnumSet.noneOf(Toggle.class);
        copy.addAll(toggles);
        this.toggles = copy;
    }

    @Override
    public RingFeatures features() {
        return kernel.features();
    }

    @Override
    public Ring openRing(RingConfig config, RingRestrictions restrictions) {
        Ring ring =
                toggles.contains(Toggle.INTERRUPTS)
                        ? InterruptedRing.open(config, restrictions)
                        : kernel.openRing(config, restrictions);
        if (toggles.contains(Toggle.MAP)) {
            ring = new LockedMap(ring);
        }
        // Outermost: what it submits by itself is in the map by then.
        return toggles.contains(Toggle.ENTERS) ? new EnterEach(ring) : ring;
    }

    @Override
    public Sockets sockets() {
        return kernel.sockets();
    }

    @Override
    public long nanoTime() {
        return kernel.nanoTime();
    }

    @Override
    public String toString() {
        return kernel + " with toggles " + Toggle.text(toggles);
    }
}
