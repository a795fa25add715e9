// SPDX-License-Identifier: Apache-2.0
/** Applications on this server, as their clients and operators see them. */
@NullMarked
package io.uringreactive.boot;

import org.jspecify.annotations.NullMarked;
