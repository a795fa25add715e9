// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.webflux;

import io.uringreactive.Net;
import io.uringreactive.Transport;

/** On event loops: nio. */
class NioTransportTest extends RealTransportTest {
    @Override
    Transport open() {
        return Net.provider("nio").open(1);
    }
}
