// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that a kernel may be able to do.
 *
 * @param sinceLinux the first release that can, as {@code 6.12}
 */
record Capability(String name, String sinceLinux, boolean granted) {

    /** Oldest first. */
    private static final Comparator<String> BY_RELEASE =
            Comparator.<String>comparingInt(release -> part(release, 0))
                    .thenComparingInt(release -> part(release, 1));

    private static int part(String release, int index) {
        return Integer.parseInt(release.split("\\.", -1)[index]);
    }

    /** Those numbered constants of {@code constants} that are flags, granted where in the word. */
    static List<Capability> flags(Class<?> constants, long word) {
        return of(constants, bit -> (word & Integer.toUnsignedLong(bit.mask())) != 0);
    }

    /** All the numbered constants of {@code constants}. */
    static List<Capability> of(Class<?> constants, Predicate<BitNames.Bit> granted) {
        return BitNames.all(constants).stream()
                .map(bit -> new Capability(bit.name(), bit.sinceLinux(), granted.test(bit)))
                .toList();
    }

    /** A line for each. */
    static List<String> lines(List<Capability> capabilities) {
        return sorted(capabilities)
                .map(
                        it ->
                                "%-6s %-3s  %s"
                                        .formatted(
                                                it.sinceLinux, it.granted ? "yes" : "no", it.name))
                .toList();
    }

    /** A line for each release; what it should have and has not stands behind "no:". */
    static List<String> linesByRelease(List<Capability> capabilities) {
        Map<String, List<Capability>> releases =
                sorted(capabilities)
                        .collect(
                                Collectors.groupingBy(
                                        Capability::sinceLinux,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<String> lines = new ArrayList<>();
        releases.forEach(
                (release, all) -> {
                    String yes = names(all, true);
                    String no = names(all, false);
                    lines.add(
                            "%-6s %s%s%s"
                                    .formatted(
                                            release,
                                            yes,
                                            yes.isEmpty() || no.isEmpty() ? "" : "; ",
                                            no.isEmpty() ? "" : "no: " + no));
                });
        return lines;
    }

    private static Stream<Capability> sorted(List<Capability> capabilities) {
        return capabilities.stream()
                .sorted(Comparator.comparing(Capability::sinceLinux, BY_RELEASE));
    }

    private static String names(List<Capability> capabilities, boolean granted) {
        return capabilities.stream()
                .filter(it -> it.granted == granted)
                .map(Capability::name)
                .collect(Collectors.joining(" "));
    }
}
