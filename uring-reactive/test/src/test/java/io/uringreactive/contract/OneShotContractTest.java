// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ReceiveMode;
import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;

/** io_uring that receives by one SQE per buffer. */
class OneShotContractTest extends TransportContract {
    @Override
    protected Subject open() {
        return new RingSubject(ReceiveMode.ONE_SHOT);
    }
}
