// SPDX-License-Identifier: Apache-2.0
/** What is told of the server where the application has Actuator or Micrometer. */
@NullMarked
package io.uringreactive.boot.actuate;

import org.jspecify.annotations.NullMarked;
