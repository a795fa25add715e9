// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ReceiveMode;
import io.uringreactive.test.contract.SocketContract;
import io.uringreactive.test.contract.Subject;

/** io_uring on the machine's network, receiving by one SQE per buffer. */
class OneShotSocketContractTest extends SocketContract {
    @Override
    protected Subject open() {
        return new RingSubject(ReceiveMode.ONE_SHOT);
    }
}
