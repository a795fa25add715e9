// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

/**
 * The one place where a success that arrives after its operation was cancelled is undone: the
 * descriptor is closed, the buffer goes back. Called on the loop's thread.
 */
@FunctionalInterface
public interface LateResults {
    void undo(Carries carries, int result, int cqeFlags);
}
