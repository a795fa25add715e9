// SPDX-License-Identifier: Apache-2.0
/**
 * An HTTP/1.1 server over any {@link io.uringreactive.Connection}: {@link
 * io.uringreactive.http.UringHttp} listens, an {@link io.uringreactive.http.HttpHandler} answers.
 * Bodies are publishers both ways, and their demand reaches the socket. What is not exactly
 * HTTP/1.1 is refused before a handler sees it: {@link io.uringreactive.http.HttpViolation}.
 */
@NullMarked
package io.uringreactive.http;

import org.jspecify.annotations.NullMarked;
