// SPDX-License-Identifier: Apache-2.0
/** Handlers as a user would test them, from outside of the packages under test. */
@NullMarked
package io.uringreactive.handler;

import org.jspecify.annotations.NullMarked;
