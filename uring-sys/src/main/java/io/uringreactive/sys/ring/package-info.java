// SPDX-License-Identifier: Apache-2.0
/**
 * One io_uring instance: {@link io.uringreactive.sys.ring.Ring} and what the loop above asks of the
 * kernel. {@link io.uringreactive.sys.ring.LinuxKernel} is the real one; a simulated one implements
 * the same interfaces for tests.
 */
@NullMarked
package io.uringreactive.sys.ring;

import org.jspecify.annotations.NullMarked;
