// SPDX-License-Identifier: Apache-2.0
/**
 * TLS on the running kernel, against other programs, and over a connection in memory that cuts and
 * joins as it likes.
 */
@NullMarked
package io.uringreactive.tls;

import org.jspecify.annotations.NullMarked;
