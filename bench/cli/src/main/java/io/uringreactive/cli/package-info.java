// SPDX-License-Identifier: Apache-2.0
/**
 * The command line behind {@code ./uring}: {@link io.uringreactive.cli.Serve} with its programs
 * {@link io.uringreactive.cli.Study} and {@link io.uringreactive.cli.Echo}, and {@link
 * io.uringreactive.cli.Doctor}. Reads top down from {@link io.uringreactive.cli.Main}.
 */
@NullMarked
package io.uringreactive.cli;

import org.jspecify.annotations.NullMarked;
