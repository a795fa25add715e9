// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a client says about a note. */
public record NoteDraft(
        @NotBlank @Size(max = 80) String title, @NotNull @Size(max = 1000) String text) {}
