// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

/** The kernel's thread that takes the SQEs of one ring by itself (SQPOLL): as late as it likes. */
final class Poller extends KernelTask {
    private final String ring;
    private final Chance chance;
    private final SubmissionLine submissions;
    private final Dispatch dispatch;

    Poller(String ring, Chance chance, SubmissionLine submissions, Dispatch dispatch) {
        this.ring = ring;
        this.chance = chance;
        this.submissions = submissions;
        this.dispatch = dispatch;
    }

    @Override
    boolean ready() {
        return submissions.shown() > 0;
    }

    @Override
    void run() {
        int shown = submissions.shown();
        submissions.take(shown - chance.below("not-polled-yet", shown), dispatch::submit);
    }

    @Override
    String describe() {
        return ring + " is polled";
    }
}
