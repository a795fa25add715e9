// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import io.uringreactive.Availability;
import io.uringreactive.TransportUnavailable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why io_uring is not to be had, and what to change. */
final class TransportUnavailableFailureAnalyzer
        extends AbstractFailureAnalyzer<TransportUnavailable> {
    @Override
    protected FailureAnalysis analyze(Throwable root, TransportUnavailable cause) {
        Availability availability = cause.availability();
        return new FailureAnalysis(
                "The web server has nothing to run on: " + availability.explanation() + ".",
                availability.remedy()
                        + ".\nOr set server.uring.fallback=transport and leave"
                        + " server.uring.transport out: the server then runs without io_uring.",
                cause);
    }
}
