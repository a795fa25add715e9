// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what the server does not have, and what to do. */
final class UnsupportedServerFeatureFailureAnalyzer
        extends AbstractFailureAnalyzer<UnsupportedServerFeature> {
    @Override
    protected FailureAnalysis analyze(Throwable root, UnsupportedServerFeature cause) {
        return new FailureAnalysis(cause.what() + ".", cause.remedy() + ".", cause);
    }
}
