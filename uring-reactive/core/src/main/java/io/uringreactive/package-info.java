// SPDX-License-Identifier: Apache-2.0
/**
 * Reactive-streams I/O on Linux io_uring: {@link io.uringreactive.UringNet} serves and connects,
 * {@link io.uringreactive.Connection} carries bytes both ways as publishers, and a {@link
 * io.uringreactive.RingScheduler} submits any operation of the kernel's as a {@code Mono} or a
 * {@code Flux}.
 */
@NullMarked
package io.uringreactive;

import org.jspecify.annotations.NullMarked;
