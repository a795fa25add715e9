// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ReceiveMode;
import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;
import java.util.concurrent.atomic.AtomicLong;

/** A simulated io_uring that receives by one SQE per buffer; every test has a seed of its own. */
class SimulatedOneShotContractTest extends TransportContract {
    private static final AtomicLong SEEDS = new AtomicLong();

    @Override
    protected Subject open() {
        return new SimulatedSubject(SEEDS.incrementAndGet(), ReceiveMode.ONE_SHOT);
    }
}
