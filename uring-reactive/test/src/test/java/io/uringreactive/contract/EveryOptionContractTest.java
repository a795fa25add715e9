// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;

/** io_uring with every option at once: what hung the study. */
class EveryOptionContractTest extends TransportContract {
    @Override
    protected Subject open() {
        return RingSubject.withEveryOption();
    }
}
