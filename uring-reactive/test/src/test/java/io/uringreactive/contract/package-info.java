// SPDX-License-Identifier: Apache-2.0
/** The contract of transports: those that keep it here, and broken ones that must not pass. */
@NullMarked
package io.uringreactive.contract;

import org.jspecify.annotations.NullMarked;
