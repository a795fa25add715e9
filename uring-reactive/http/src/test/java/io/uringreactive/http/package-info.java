// SPDX-License-Identifier: Apache-2.0
/** Tests of the HTTP server. */
@NullMarked
package io.uringreactive.http;

import org.jspecify.annotations.NullMarked;
