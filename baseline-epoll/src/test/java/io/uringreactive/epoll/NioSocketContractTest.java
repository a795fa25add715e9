// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.epoll;

import io.uringreactive.test.contract.SocketContract;
import io.uringreactive.test.contract.Subject;

/** NIO on the machine's network. */
class NioSocketContractTest extends SocketContract {
    @Override
    protected Subject open() {
        return new NettySubject(new NioProvider());
    }
}
