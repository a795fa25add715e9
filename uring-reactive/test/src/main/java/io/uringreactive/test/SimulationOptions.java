// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.time.Duration;
import java.util.Set;

/**
 * What a simulated machine is like.
 *
 * @param faults how often things go wrong
 * @param sendBufferBytes what a socket takes from a sender before it has arrived at the other end
 * @param receiveBufferBytes what a socket keeps for a reader; more waits at the sender
 * @param descriptorsMax open files, before EMFILE
 * @param receiveCredit whether a multishot receive takes limits in {@code len} and {@code optlen}
 *     (Linux 6.17); a kernel without refuses them with EINVAL
 * @param restricted opcodes that are refused with EACCES on every ring, as by a security module, on
 *     top of what a ring's own {@link io.uringreactive.sys.ring.RingRestrictions} refuse
 * @param watchdog how long, in real time, a loop may run before it gives the turn back
 */
public record SimulationOptions(
        SimulationFaults faults,
        int sendBufferBytes,
        int receiveBufferBytes,
        int descriptorsMax,
        boolean receiveCredit,
        Set<Integer> restricted,
        Duration watchdog) {
    public SimulationOptions {
        restricted = Set.copyOf(restricted);
    }

    public static SimulationOptions defaults() {
        return new SimulationOptions(
                SimulationFaults.none(),
                65_536,
                65_536,
                65_536,
                true,
                Set.of(),
                Duration.ofSeconds(20));
    }

    public SimulationOptions withFaults(SimulationFaults other) {
        return new SimulationOptions(
                other,
                sendBufferBytes,
                receiveBufferBytes,
                descriptorsMax,
                receiveCredit,
                restricted,
                watchdog);
    }

    /** Of every socket that sets no size of its own. */
    public SimulationOptions withSocketBuffers(int sendBytes, int receiveBytes) {
        return new SimulationOptions(
                faults,
                sendBytes,
                receiveBytes,
                descriptorsMax,
                receiveCredit,
                restricted,
                watchdog);
    }

    public SimulationOptions withDescriptorsMax(int count) {
        return new SimulationOptions(
                faults,
                sendBufferBytes,
                receiveBufferBytes,
                count,
                receiveCredit,
                restricted,
                watchdog);
    }

    /** A kernel before Linux 6.17. */
    public SimulationOptions withoutReceiveCredit() {
        return new SimulationOptions(
                faults,
                sendBufferBytes,
                receiveBufferBytes,
                descriptorsMax,
                false,
                restricted,
                watchdog);
    }

    public SimulationOptions withWatchdog(Duration realTime) {
        return new SimulationOptions(
                faults,
                sendBufferBytes,
                receiveBufferBytes,
                descriptorsMax,
                receiveCredit,
                restricted,
                realTime);
    }

    /** A machine that refuses {@code opcodes} on every ring. */
    public SimulationOptions withRestricted(Set<Integer> opcodes) {
        return new SimulationOptions(
                faults,
                sendBufferBytes,
                receiveBufferBytes,
                descriptorsMax,
                receiveCredit,
                opcodes,
                watchdog);
    }
}
