// SPDX-License-Identifier: Apache-2.0
/** Servers that this library is compared with, and the load that both get. */
@NullMarked
package io.uringreactive.peers;

import org.jspecify.annotations.NullMarked;
