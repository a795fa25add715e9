// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.uringreactive.Net;
import io.uringreactive.Transport;

/** On event loops: epoll. */
class EpollTransportTest extends RealTransportTest {
    @Override
    Transport open() {
        return Net.provider("epoll").open(1);
    }
}
