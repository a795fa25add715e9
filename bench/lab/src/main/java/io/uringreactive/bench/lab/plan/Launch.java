// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import io.uringreactive.bench.lab.process.Tool;
import java.util.List;

/**
 * How a server is started. In its arguments {@code {host}}, {@code {port}}, {@code {rings}}
 * (threads, event loops or workers) and {@code {folder}} (a temporary one, of this server alone)
 * stand for their values. It listens on 127.0.0.1, or on {@code {host}} if it can be told.
 */
public sealed interface Launch {
    List<String> arguments();

    /**
     * What must be in the line by which it says that it is ready, as a regular expression; empty if
     * it says nothing, so that its port tells.
     */
    String ready();

    /**
     * A JVM with the jar of {@code module} and its target/classpath.
     *
     * @param withoutJars jars whose names contain this are left out; empty for none
     * @param options of the JVM, behind those of every one
     */
    record Java(
            String module,
            String mainClass,
            List<String> arguments,
            String ready,
            String withoutJars,
            List<String> options)
            implements Launch {
        public Java(
                String module,
                String mainClass,
                List<String> arguments,
                String ready,
                String withoutJars) {
            this(module, mainClass, arguments, ready, withoutJars, List.of());
        }

        public Java without(String jars) {
            return new Java(module, mainClass, arguments, ready, jars, options);
        }

        public Java with(String... jvmOptions) {
            return new Java(module, mainClass, arguments, ready, withoutJars, List.of(jvmOptions));
        }
    }

    /** One of bench/native. */
    record C(String program, List<String> arguments, String ready) implements Launch {}

    /**
     * A program of the machine.
     *
     * @param configuration written to {@code {folder}/configuration}, with the same places filled
     *     in
     */
    record Installed(Tool tool, List<String> arguments, String configuration) implements Launch {
        @Override
        public String ready() {
            return "";
        }
    }
}
