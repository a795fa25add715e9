// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;

/** NIO. */
class NioContractTest extends TransportContract {
    @Override
    protected Subject open() {
        return new NettySubject(new NioProvider());
    }
}
