// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import io.uringreactive.sys.ring.CompletionHandler;

/**
 * Runs what a turn runs, and tells JDK Flight Recorder of it: this one does not, and stands where
 * the module jdk.jfr is not there. Confined to the loop.
 */
public class Recorder {
    /** Where jdk.jfr is there, whoever records may begin and end at any time. */
    private static final boolean JFR =
            ModuleLayer.boot()
                    .findModule("jdk.jfr")
                    .filter(Recorder.class.getModule()::canRead)
                    .isPresent();

    private final RingLoop loop;

    Recorder(RingLoop loop) {
        this.loop = loop;
    }

    static Recorder of(RingLoop loop) {
        return JFR ? new JfrRecorder(loop) : new Recorder(loop);
    }

    final RingLoop loop() {
        return loop;
    }

    void beginTurn() {}

    /** What the turn's CQEs are given to. */
    CompletionHandler handler() {
        return loop.operations();
    }

    void run(Runnable task) {
        RingLoop.guarded(task);
    }

    void fire(Timers.Timer due) {
        RingLoop.guarded(due::fire);
    }

    /** All has run, and the enter comes. */
    void endTurn(int completions, int tasks, int timers) {}

    /**
     * A receive has ended with ENOBUFS.
     *
     * @param out provided buffers that are in use
     */
    public void onStarved(int out) {}
}
