// SPDX-License-Identifier: Apache-2.0
/**
 * TCP connections and listeners on the rings. Each connection is confined to the loop of one ring;
 * methods of the API that come from another thread hop there.
 */
@NullMarked
package io.uringreactive.net;

import org.jspecify.annotations.NullMarked;
