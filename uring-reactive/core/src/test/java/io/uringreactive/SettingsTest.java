// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings: their defaults, the system properties that change them, and their table. */
class SettingsTest {
    private static final Path TABLE = Path.of("../../docs/options.md");

    /** Components that are no settings of their own: objects, or groups of settings. */
    private static final Set<String> NO_SETTINGS =
            Set.of("address", "group", "kernel", "resolver", "socket", "connection");

    static List<Setting<?>> all() {
        return Settings.groups().stream().flatMap(group -> group.settings().stream()).toList();
    }

    @AfterEach
    void clearProperties() {
        all().forEach(setting -> System.clearProperty(setting.property()));
    }

    @Test
    void shouldTakeDefaultsFromSystemProperties() {
        System.setProperty("uring.rings", "3");
        System.setProperty("uring.submission-entries", "64");
        System.setProperty("uring.completion-entries", "256");
        System.setProperty("uring.receive-mode", "one-shot");
        System.setProperty("uring.profile", "ALL");
        System.setProperty("uring.close-timeout", "1500ms");
        System.setProperty("uring.connect-timeout", "PT2.5S");
        System.setProperty("uring.unclaimed-timeout", "7s");
        System.setProperty("uring.no-delay", "false");
        RingGroupOptions group = RingGroupOptions.defaults();
        assertEquals(3, group.rings());
        assertEquals(64, group.ring().submissionEntries());
        assertEquals(ReceiveMode.ONE_SHOT, group.receiveMode());
        assertEquals(Profile.ALL, group.profile());
        assertEquals(Duration.ofMillis(1500), ConnectionOptions.defaults().closeTimeout());
        assertEquals(Duration.ofMillis(2500), ConnectOptions.to("host", 1).timeout());
        assertEquals(Duration.ofSeconds(7), ListenOptions.port(0).unclaimedTimeout());
        assertEquals(false, SocketOptions.defaults().noDelay());
        // What code says wins.
        assertEquals(1, group.rings(1).rings());
    }

    @ParameterizedTest
    @CsvSource({
        "uring.rings, 0",
        "uring.rings, many",
        "uring.rings, 1025",
        "uring.receive-mode, sometimes",
        "uring.close-timeout, soon",
        "uring.close-timeout, -1s",
        "uring.attempt-delay, 3s",
        "uring.no-delay, yes",
    })
    void shouldRefuseAPropertyThatSaysWhatItMayNot(String property, String value) {
        System.setProperty(property, value);
        String message =
                String.valueOf(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> all().forEach(Setting::value))
                                .getMessage());
        assertTrue(message.contains(property.substring("uring.".length())), message);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldHaveADefaultThatItAccepts(Setting<?> setting) {
        requireDefault(setting);
    }

    private static <T> void requireDefault(Setting<T> setting) {
        setting.require(setting.value());
    }

    @Test
    void shouldRefuseARangeInCode() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ConnectionOptions.defaults().windowBytes(100));
        assertThrows(
                IllegalArgumentException.class, () -> RingGroupOptions.defaults().buffers(3, 1024));
        assertThrows(
                IllegalArgumentException.class,
                () -> ListenOptions.port(0).unclaimedTimeout(Duration.ZERO));
    }

    /** One setting for each field, with the field's name, and no other. */
    @Test
    void shouldCoverEveryOptionsRecord() {
        assertEquals(
                names(RingGroupOptions.class, "ring"), withoutSizes(group("RingGroupOptions")));
        assertEquals(names(ListenOptions.class), group("ListenOptions"));
        assertEquals(
                names(ConnectOptions.class, "timeout", "connect-timeout"), group("ConnectOptions"));
        assertEquals(names(SocketOptions.class), group("SocketOptions"));
        assertEquals(names(ConnectionOptions.class), group("ConnectionOptions"));
    }

    private static Set<String> names(Class<?> type, String... renamed) {
        Set<String> names =
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !NO_SETTINGS.contains(name))
                        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new));
        if (renamed.length > 0) {
            names.remove(renamed[0]);
        }
        if (renamed.length > 1) {
            names.add(renamed[1]);
        }
        return names;
    }

    /** Those of the queues are in one field. */
    private static Set<String> withoutSizes(Set<String> names) {
        names.removeAll(
                Set.of("submission-entries", "completion-entries", "resize-kernels", "busy-poll"));
        return names;
    }

    private static Set<String> group(String record) {
        return Settings.groups().stream()
                .filter(group -> group.record().equals(record))
                .flatMap(group -> group.settings().stream())
                .map(Setting::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code -Doptions.write=true} writes it. */
    @Test
    void shouldBeInTheTable() throws IOException {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (Settings.Group group : Settings.groups()) {
            text.append("\n## ").append(group.record()).append("\n\n").append(HEAD);
            group.settings().forEach(setting -> text.append(row(setting)));
        }
        if (Boolean.getBoolean("options.write")) {
            Files.writeString(TABLE, text);
        }
        assertEquals(Files.readString(TABLE), text.toString());
    }

    private static final String INTRODUCTION =
            """
            # Options

            Options are immutable records: `RingGroupOptions.defaults().rings(4)`. A field that code does not set has the value
            of its system property, or else the default below. Times are written as `50us`, `250ms`, `10s` or `PT10S`; choices in
            any case, with `-` or `_`.

            This page is made from `Settings`; a test compares the two
            (`./uring test -pl uring-reactive/core -am -Dtest=SettingsTest -Doptions.write=true -Dsurefire.failIfNoSpecifiedTests=false`
            writes it).
            """;

    private static final String HEAD =
            """
            | system property | unit | default | range | meaning |
            |---|---|---|---|---|
            """;

    private static String row(Setting<?> setting) {
        return "| `"
                + String.join(
                        " | ",
                        setting.property() + "`",
                        setting.unit(),
                        setting.fallback(),
                        setting.range(),
                        setting.meaning())
                + " |\n";
    }
}
