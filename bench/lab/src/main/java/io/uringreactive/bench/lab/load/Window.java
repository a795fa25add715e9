// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.load;

/** The measured part of a load: called on the thread that runs it, right before and right after. */
public interface Window {
    /** Of a load that only warms up. */
    Window NONE =
            new Window() {
                @Override
                public void begin() {}

                @Override
                public void end() {}
            };

    void begin();

    void end();
}
