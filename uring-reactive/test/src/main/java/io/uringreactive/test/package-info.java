// SPDX-License-Identifier: Apache-2.0
/**
 * A kernel of rings, sockets and peers that exists only in memory, for tests of whatever is built
 * on {@link io.uringreactive.sys.ring.Kernel}. {@link io.uringreactive.test.SimulatedKernel} is
 * where to start.
 *
 * <p>The loops under test run unchanged on threads of their own, but of all threads of a simulation
 * one at a time: a loop that enters its ring gives the turn to the test's thread, and whatever
 * happens next (which operation completes, with how much, which loop goes on) is drawn from the
 * seed. The clock is virtual and moves only when nothing else can happen. So a run depends on its
 * seed alone, and a failure names the seed that brings it back. What of a seed's many decisions the
 * failure needs, {@link io.uringreactive.test.Shrinker} finds out.
 *
 * <p>What an operation does is what Linux 6.18 does, including what it only does on a bad day
 * ({@link io.uringreactive.test.Fault}). Everything here is used by the thread whose turn it is; a
 * call from any other thread fails.
 */
@NullMarked
package io.uringreactive.test;

import org.jspecify.annotations.NullMarked;
