// SPDX-License-Identifier: Apache-2.0
/** What the tests share: real rings, loopback sockets, and a ring that needs no kernel. */
@NullMarked
package io.uringreactive.testing;

import org.jspecify.annotations.NullMarked;
