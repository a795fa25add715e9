// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import io.uringreactive.Connection;

/** The two ends of one connection. */
record Pair(Connection server, Connection client) {}
