// SPDX-License-Identifier: Apache-2.0
/** What Linux says of processes and cores in /proc, read and parsed; nothing is kept. */
@NullMarked
package io.uringreactive.bench.lab.proc;

import org.jspecify.annotations.NullMarked;
