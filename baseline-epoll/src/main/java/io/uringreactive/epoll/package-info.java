// SPDX-License-Identifier: Apache-2.0
/**
 * The API of io.uringreactive on reactor-netty, with Netty's native epoll or with NIO: the
 * yardstick for io_uring, since only the transport differs, and what runs where there is no
 * io_uring.
 *
 * <p>reactor-netty binds, accepts and connects, and Netty moves the bytes; how demand meets them
 * and how a connection ends is what io_uring's connections do too.
 */
@NullMarked
package io.uringreactive.epoll;

import org.jspecify.annotations.NullMarked;
