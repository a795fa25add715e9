// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first kernel release with a constant or a structure, as {@code 6.12}; on a class it holds for
 * every member without one of its own. What is newer than 6.18 is known from the header only, its
 * release from when the patch was sent: no test has seen such a kernel.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface SinceLinux {
    String value();
}
