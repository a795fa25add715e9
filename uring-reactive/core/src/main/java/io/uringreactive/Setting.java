// SPDX-License-Identifier: Apache-2.0
package io.uringreactive;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One field of an options record: what it is called, what it means, and what it may be. {@link
 * Settings} has all of them. Immutable.
 *
 * <p>A default is what the system property {@link #property()} says, or else the library's own;
 * what code sets explicitly wins over both. Durations are written as {@code 50us}, {@code 250ms},
 * {@code 10s} or in ISO 8601 ({@code PT10S}).
 *
 * @param <T> Integer, Boolean, Duration, String or an enum
 */
public final class Setting<T> {
    private static final String PREFIX = "uring.";

    private final String name;
    private final String unit;
    private final String range;
    private final String meaning;
    private final Supplier<T> fallback;
    private final String fallbackText;
    private final Function<String, T> parser;
    private final Predicate<T> allowed;

    private Setting(
            String name,
            String unit,
            String range,
            String meaning,
            Supplier<T> fallback,
            String fallbackText,
            Function<String, T> parser,
            Predicate<T> allowed) {
        this.name = name;
        this.unit = unit;
        this.range = range;
        this.meaning = meaning;
        this.fallback = fallback;
        this.fallbackText = fallbackText;
        this.parser = parser;
        this.allowed = allowed;
    }

    static Setting<Integer> number(
            String name, String unit, int fallback, int min, int max, String meaning) {
        return number(name, unit, () -> fallback, grouped(fallback), min, max, meaning);
    }

    static Setting<Integer> number(
            String name,
            String unit,
            Supplier<Integer> fallback,
            String fallbackText,
            int min,
            int max,
            String meaning) {
        return new Setting<>(
                name,
                unit,
                grouped(min) + " to " + grouped(max),
                meaning,
                fallback,
                fallbackText,
                Integer::valueOf,
                value -> value >= min && value <= max);
    }

    static Setting<Boolean> flag(String name, boolean fallback, String meaning) {
        return new Setting<>(
                name,
                "",
                "true, false",
                meaning,
                () -> fallback,
                String.valueOf(fallback),
                Setting::parseFlag,
                value -> true);
    }

    static Setting<Duration> time(
            String name, Duration fallback, Duration min, Duration max, String meaning) {
        return new Setting<>(
                name,
                "time",
                text(min) + " to " + text(max),
                meaning,
                () -> fallback,
                text(fallback),
                Setting::parseTime,
                value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
    }

    /** A limit of time, as long as one likes. */
    static Setting<Duration> limit(String name, Duration fallback, Duration min, String meaning) {
        return new Setting<>(
                name,
                "time",
                "from " + text(min) + " on",
                meaning,
                () -> fallback,
                text(fallback),
                Setting::parseTime,
                value -> value.compareTo(min) >= 0);
    }

    static <E extends Enum<E>> Setting<E> choice(String name, E fallback, String meaning) {
        Class<E> type = fallback.getDeclaringClass();
        return new Setting<>(
                name,
                "",
                Arrays.stream(type.getEnumConstants())
                        .map(E::name)
                        .collect(Collectors.joining(", ")),
                meaning,
                () -> fallback,
                fallback.name(),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
                value -> true);
    }

    static Setting<String> word(String name, String fallback, String range, String meaning) {
        return new Setting<>(
                name,
                "",
                range,
                meaning,
                () -> fallback,
                fallback,
                Function.identity(),
                value -> !value.isBlank());
    }

    /** The system property that changes the default, such as {@code uring.window-bytes}. */
    public String property() {
        return PREFIX + name;
    }

    /** In words separated by hyphens; in code it is the record's field of that name. */
    public String name() {
        return name;
    }

    /** What a number counts; empty where it is none. */
    public String unit() {
        return unit;
    }

    /** What it may be, in words. */
    public String range() {
        return range;
    }

    public String meaning() {
        return meaning;
    }

    /** The library's own default, in words. */
    public String fallback() {
        return fallbackText;
    }

    /**
     * The default in this process.
     *
     * @throws IllegalArgumentException when the system property says what it may not
     */
    public T value() {
        String text = System.getProperty(property());
        if (text == null) {
            return fallback.get();
        }
        T value;
        try {
            value = parser.apply(text.strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "-D" + property() + "=" + text + ": expected " + range, e);
        }
        return require(value);
    }

    /**
     * {@code value}, if it may be.
     *
     * @throws IllegalArgumentException with the name and the range
     */
    T require(T value) {
        if (!allowed.test(value)) {
            throw new IllegalArgumentException(
                    name + ": " + value + " is out of range (" + range + "), see docs/options.md");
        }
        return value;
    }

    private static Boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Duration parseTime(String text) {
        String number = text.replaceFirst("(us|ms|s)$", "");
        if (text.endsWith("us")) {
            return Duration.of(Long.parseLong(number), ChronoUnit.MICROS);
        }
        if (text.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(number));
        }
        return text.endsWith("s")
                ? Duration.ofSeconds(Long.parseLong(number))
                : Duration.parse(text);
    }

    private static String text(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public String toString() {
        return property() + " (" + range + "; default " + fallbackText + ")";
    }
}
