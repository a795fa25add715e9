// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import org.springframework.boot.SpringApplication;

/** {@link Greetings} as a program. */
final class Standalone {
    /** Returns when the application has started. */
    public static void main(String[] arguments) {
        SpringApplication.run(Greetings.class, arguments);
    }

    private Standalone() {}
}
