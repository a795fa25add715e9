// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** One contestant under one load, once. */
public record Sample(
        String point,
        String contestant,
        int round,
        Counting kind,
        double seconds,
        long requests,
        double otherLoad,
        double steal,
        boolean disturbed,
        Map<String, Double> figures,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Quantile> distribution) {

    /** What the sample is for. */
    public enum Counting {
        /** Time and CPU; nothing looks on. */
        @JsonProperty("timed")
        TIMED,
        /** Calls and allocation, which cost time to count. */
        @JsonProperty("counted")
        COUNTED
    }

    /** So many percent of the requests took at most this. */
    public record Quantile(double percentile, double micros) {}
}
