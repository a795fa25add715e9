// SPDX-License-Identifier: Apache-2.0
/** What Spring Boot finds by itself: the server, its properties {@code server.uring.*}. */
@NullMarked
package io.uringreactive.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
