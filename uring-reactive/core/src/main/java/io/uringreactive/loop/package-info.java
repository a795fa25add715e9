// SPDX-License-Identifier: Apache-2.0
/**
 * One thread, one ring: the turn, the in-flight table, timers, the inbox and the Reactor scheduler
 * on top of them. Knows operations only as {@link io.uringreactive.loop.InFlight}.
 */
@NullMarked
package io.uringreactive.loop;

import org.jspecify.annotations.NullMarked;
