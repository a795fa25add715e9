// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.result;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Every figure that a sample can have, in the order in which to show them. */
public enum Metric {
    REQUESTS_PER_SECOND(
            "requestsPerSecond",
            "Throughput",
            "requests/s",
            Better.HIGHER,
            "As fast as one core of load asks, which may be slower than the server could answer."),
    CPU(
            "cpuMicrosPerRequest",
            "CPU per request",
            "us",
            Better.LOWER,
            "User and system time of the server's processes, all threads."),
    USER_CPU(
            "userMicrosPerRequest",
            "User CPU per request",
            "us",
            Better.LOWER,
            "Split by the kernel's tick: only the sum of user and system is exact."),
    SYSTEM_CPU(
            "systemMicrosPerRequest",
            "System CPU per request",
            "us",
            Better.LOWER,
            "Split by the kernel's tick: only the sum of user and system is exact."),
    LATENCY_P50("latencyP50Micros", "Latency, median", "us", Better.LOWER, ""),
    LATENCY_P90("latencyP90Micros", "Latency, p90", "us", Better.LOWER, ""),
    LATENCY_P99("latencyP99Micros", "Latency, p99", "us", Better.LOWER, ""),
    LATENCY_P999("latencyP999Micros", "Latency, p99.9", "us", Better.LOWER, ""),
    LATENCY_P9999("latencyP9999Micros", "Latency, p99.99", "us", Better.LOWER, ""),
    LATENCY_MAX("latencyMaxMicros", "Latency, longest", "us", Better.LOWER, ""),
    DELAY(
            "generatorDelayP99Micros",
            "Delay of the generator, p99",
            "us",
            Better.LOWER,
            "How much later than it could have the load generator sent; latencies include it."),
    SWITCHES(
            "switchesPerRequest",
            "Context switches per request",
            "switches",
            Better.LOWER,
            "Voluntary: the server waited."),
    PREEMPTIONS(
            "preemptionsPerRequest",
            "Forced context switches per request",
            "switches",
            Better.LOWER,
            "The server was interrupted for another thread."),
    SYSCALLS(
            "syscallsPerRequest",
            "System calls per request",
            "calls",
            Better.LOWER,
            "Counted in a round of its own."),
    ALLOCATION(
            "allocatedBytesPerRequest",
            "Allocation per request",
            "bytes",
            Better.LOWER,
            "On the Java heap, by all threads; counted in a round of its own."),
    RESIDENT(
            "residentBytes",
            "Resident memory",
            "bytes",
            Better.LOWER,
            "Of the server's processes, at the end of the sample."),
    CONNECTION_MEMORY(
            "residentBytesPerConnection",
            "Memory per idle connection",
            "bytes",
            Better.LOWER,
            "Growth of the server's resident memory outside of a Java heap, and of what lives on that"
                    + " heap after a collection. What the kernel keeps for a socket is not in it."),
    CONNECTION_HEAP(
            "heapBytesPerConnection",
            "Heap per idle connection",
            "bytes",
            Better.LOWER,
            "Growth of what lives on the Java heap after a collection."),
    IDLE_CPU(
            "idleCpuPercent",
            "CPU while all connections are idle",
            "%",
            Better.LOWER,
            "Of one core, by all threads of the server.");

    /** Which direction is better. */
    public enum Better {
        @JsonProperty("lower")
        LOWER,
        @JsonProperty("higher")
        HIGHER
    }

    private final String key;
    private final String title;
    private final String unit;
    private final Better better;
    private final String note;

    Metric(String key, String title, String unit, Better better, String note) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.better = better;
        this.note = note;
    }

    /** Its name in a result. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    public Better better() {
        return better;
    }

    public String note() {
        return note;
    }
}
