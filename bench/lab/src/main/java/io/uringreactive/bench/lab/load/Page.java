// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

/**
 * What is asked for, and the whole body that the reply must have.
 *
 * @param body of characters that are one byte each
 */
public record Page(String path, String body) {
    static Page root(String body) {
        return new Page("/", body);
    }
}
