// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ReceiveMode;
import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;
import java.util.concurrent.atomic.AtomicLong;

/** A simulated io_uring that receives by credit; every test has a seed of its own. */
class SimulatedCreditContractTest extends TransportContract {
    private static final AtomicLong SEEDS = new AtomicLong();

    @Override
    protected Subject open() {
        return new SimulatedSubject(SEEDS.incrementAndGet(), ReceiveMode.CREDIT);
    }
}
