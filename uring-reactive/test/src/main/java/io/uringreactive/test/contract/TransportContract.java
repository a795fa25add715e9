// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

/**
 * What a transport promises that can be seen by the transport itself: both ends are its own. A
 * transport's test class extends this and says how it is opened:
 *
 * <pre>{@code
 * class EpollContractTest extends TransportContract {
 *     protected Subject open() {
 *         return new EpollSubject();
 *     }
 * }
 * }</pre>
 */
public abstract class TransportContract extends Contract
        implements OrderContract,
                DemandContract,
                EndContract,
                ResetContract,
                ConnectContract,
                ListenContract,
                AcceptContract,
                HandlerContract,
                CancelContract,
                BufferContract,
                LimitContract,
                ThreadContract {
    /** For the test class of a transport. */
    protected TransportContract() {}
}
