// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a contestant is to the others. */
public enum Kind {
    /** This toolkit on io_uring. */
    @JsonProperty("subject")
    SUBJECT,
    /** The subject with something changed, to see what that is worth. */
    @JsonProperty("variant")
    VARIANT,
    /** The same program on another transport. */
    @JsonProperty("baseline")
    BASELINE,
    /** Another library or server. */
    @JsonProperty("peer")
    PEER,
    /** C, as little as can be. */
    @JsonProperty("floor")
    FLOOR
}
