// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.net;

import io.uringreactive.Availability;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.Transport;
import io.uringreactive.TransportProvider;
import io.uringreactive.TransportUnavailable;
import io.uringreactive.UringNet;
import io.uringreactive.sys.ring.RingUnavailable;
import java.util.function.Supplier;

/** Groups of rings. */
public final class UringProvider implements TransportProvider {
    private static final int PREFERENCE = 100;

    @Override
    public String name() {
        return "uring";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public Availability availability() {
        return UringNet.availability();
    }

    @Override
    public Transport shared() {
        return started(RingGroup::shared);
    }

    @Override
    public Transport open(int threads) {
        return started(() -> RingGroup.create(RingGroupOptions.defaults().rings(threads)));
    }

    /** Off Linux no class is touched that is Linux's alone: the availability comes first. */
    private Transport started(Supplier<Transport> group) {
        Availability availability = availability();
        if (!availability.isAvailable()) {
            throw new TransportUnavailable(availability, null);
        }
        try {
            return group.get();
        } catch (RingUnavailable e) {
            throw new TransportUnavailable(Availability.because(e), e);
        }
    }
}
