// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

/** Takes CQEs on the ring's thread. */
@FunctionalInterface
public interface CompletionHandler {
    /**
     * @param userData what the SQE carried
     * @param result the operation's result, negative for {@code -errno}
     * @param cqeFlags {@link io.uringreactive.sys.abi.CqeFlags}
     */
    void onCompletion(long userData, int result, int cqeFlags);
}
