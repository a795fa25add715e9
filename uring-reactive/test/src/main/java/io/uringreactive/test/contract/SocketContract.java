// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

/**
 * What a transport promises that only the machine's network can show: plain sockets at the other
 * end, the machine's addresses and limits, and TLS, whose tasks need threads of their own. Extended
 * as {@link TransportContract} is, by transports that are no simulation. It needs Linux's /proc.
 */
public abstract class SocketContract extends Contract
        implements PlainPeerContract, AddressContract, TlsContract, FileLimitContract {
    /** For the test class of a transport. */
    protected SocketContract() {}
}
