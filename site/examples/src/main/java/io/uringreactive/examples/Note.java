// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import java.time.Instant;

/** A note as it is stored. */
public record Note(long id, String title, String text, Instant changed) {}
