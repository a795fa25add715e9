// SPDX-License-Identifier: Apache-2.0
/**
 * What every transport does in the same way: how connections are emitted and claimed, how a
 * subscriber's demand meets what is received and sent, how a connection ends, and how a host's
 * addresses are raced. A transport adds its sockets. For transports of this project alone.
 */
@NullMarked
package io.uringreactive.transport;

import org.jspecify.annotations.NullMarked;
