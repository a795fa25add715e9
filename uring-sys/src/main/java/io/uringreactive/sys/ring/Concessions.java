// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a ring was asked for and does without, in words for whoever runs the program. */
final class Concessions {
    /** A thread has 16 places for registered descriptors. */
    static final String DESCRIPTOR =
            "the ring is entered by its plain descriptor: its thread has no place left to register"
                    + " it";

    /** Entries that locked memory had no room for; a list that grows. */
    static List<String> ofSize(RingConfig wanted, RingMemory memory) {
        List<String> concessions = new ArrayList<>();
        if (memory.submissionEntries() < wanted.submissionEntries()) {
            concessions.add(
                    "a ring of %d SQEs and %d CQEs was asked for, %d and %d are what there is room for: locked memory is limited to %s (raise RLIMIT_MEMLOCK or use fewer rings)"
                            .formatted(
                                    wanted.submissionEntries(),
                                    wanted.completionEntries(),
                                    memory.submissionEntries(),
                                    memory.completionEntries(),
                                    SystemFacts.read().memlockText()));
        }
        return concessions;
    }

    static Optional<String> ofRegisteredWait(int result) {
        return result == 0
                ? Optional.empty()
                : Optional.of(
                        "the wait's argument is copied by every enter: registering it failed with "
                                + Errno.name(result)
                                + (Errno.EINVAL.is(result) ? " (Linux 6.13 has it)" : ""));
    }

    static Optional<String> ofBusyPoll(int result) {
        return result >= 0
                ? Optional.empty()
                : Optional.of(
                        "network cards are not polled: IORING_REGISTER_NAPI failed with "
                                + Errno.name(result)
                                + " (Linux 6.9 has it, where it is built with"
                                + " CONFIG_NET_RX_BUSY_POLL)");
    }

    private Concessions() {}
}
