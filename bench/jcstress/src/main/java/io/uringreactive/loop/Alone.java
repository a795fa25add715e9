// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

/** A task that notices when it runs on two threads at a time. */
final class Alone implements Runnable {
    private static final int SPINS = 20;

    private volatile boolean inside;
    private volatile boolean overlapped;
    private int runs;

    @Override
    public void run() {
        if (inside) {
            overlapped = true;
        }
        inside = true;
        for (int i = 0; i < SPINS && !overlapped; i++) {
            Thread.onSpinWait();
        }
        runs++;
        inside = false;
    }

    boolean overlapped() {
        return overlapped;
    }

    int runs() {
        return runs;
    }
}
