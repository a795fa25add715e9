// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ConnectionOptions;
import io.uringreactive.ReceiveMode;
import io.uringreactive.RingGroup;
import io.uringreactive.RingGroupOptions;
import io.uringreactive.Transport;
import io.uringreactive.test.Fault;
import io.uringreactive.test.SimulatedKernel;
import io.uringreactive.test.SimulationFaults;
import io.uringreactive.test.contract.Subject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** io_uring on a simulated kernel, with the faults that no user may see. */
final class SimulatedSubject implements Subject {
    private static final int BUFFER_BYTES = 2048;

    private final SimulatedKernel kernel;
    private final RingGroup group;

    SimulatedSubject(long seed, ReceiveMode mode) {
        kernel =
                SimulatedKernel.seeded(
                        seed,
                        SimulationFaults.some()
                                .without(Fault.RESET)
                                .without(Fault.ACCEPT_ERROR)
                                .without(Fault.CONNECT_ERROR)
                                .without(Fault.MESSAGE_ERROR));
        group =
                RingGroup.create(
                        RingGroupOptions.defaults()
                                .kernel(kernel)
                                .rings(2)
                                .buffers(32, BUFFER_BYTES)
                                .receiveMode(mode));
    }

    @Override
    public Transport transport() {
        return group;
    }

    @Override
    public boolean within(Duration limit, BooleanSupplier condition) {
        AtomicBoolean over = new AtomicBoolean();
        kernel.after(limit, () -> over.set(true));
        kernel.run(() -> over.get() || condition.getAsBoolean());
        return condition.getAsBoolean();
    }

    /** Only the test's thread and the rings may use a simulation; it is foreign to the rings. */
    @Override
    public void elsewhere(Runnable action) {
        action.run();
    }

    @Override
    public long heldBytesMax(ConnectionOptions options) {
        return options.windowBytes() + BUFFER_BYTES;
    }

    @Override
    public void expectNothingLeft() {
        AtomicBoolean stopped = new AtomicBoolean();
        group.disposeGracefully().subscribe(nothing -> {}, e -> {}, () -> stopped.set(true));
        kernel.run(stopped::get);
        kernel.settle();
        kernel.assertNothingLeaked();
    }

    @Override
    public void close() {
        kernel.close();
    }

    @Override
    public String toString() {
        return kernel.toString();
    }
}
