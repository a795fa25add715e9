// SPDX-License-Identifier: Apache-2.0
/**
 * What every {@link io.uringreactive.Transport} promises, as tests for JUnit: {@link
 * io.uringreactive.test.contract.TransportContract} for a transport alone, {@link
 * io.uringreactive.test.contract.SocketContract} for one on the machine's network.
 */
@NullMarked
package io.uringreactive.test.contract;

import org.jspecify.annotations.NullMarked;
