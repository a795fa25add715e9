// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

/**
 * A file that was uploaded.
 *
 * @param bytes its size
 * @param sha256 of its content, in hexadecimal
 */
public record StoredFile(String name, long bytes, String sha256) {}
