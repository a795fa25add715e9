// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test;

import java.util.Map;

/** What all threads of the JVM are doing. */
final class ThreadDump {
    static String take() {
        StringBuilder text = new StringBuilder("\n  threads:");
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            text.append("\n    ").append(entry.getKey());
            for (StackTraceElement frame : entry.getValue()) {
                text.append("\n      at ").append(frame);
            }
        }
        return text.toString();
    }

    private ThreadDump() {}
}
