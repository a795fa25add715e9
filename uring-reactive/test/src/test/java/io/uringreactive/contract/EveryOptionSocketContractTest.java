// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.test.contract.SocketContract;
import io.uringreactive.test.contract.Subject;

/** io_uring with every option at once, on the machine's network. */
class EveryOptionSocketContractTest extends SocketContract {
    @Override
    protected Subject open() {
        return RingSubject.withEveryOption();
    }
}
