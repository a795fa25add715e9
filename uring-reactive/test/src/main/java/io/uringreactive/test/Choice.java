// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/**
 * One decision of a simulation.
 *
 * @param what whose it is; the third decision of one name in a replay is the third one recorded
 * @param value 0 for what happens on a calm day; anything else is an event
 */
public record Choice(String what, long value) {
    /** Whether it differs from what happens on a calm day. */
    public boolean isEvent() {
        return value != 0;
    }

    Choice calmed() {
        return new Choice(what, 0);
    }
}
