// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;

/** Epoll. */
class EpollContractTest extends TransportContract {
    @Override
    protected Subject open() {
        return new NettySubject(new EpollProvider());
    }
}
