// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Setting;
import io.uringreactive.Settings;
import io.uringreactive.boot.autoconfigure.UringServerProperties;
import io.uringreactive.http.HttpOptions;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors and readers learn of {@code server.uring.*}. */
class MetadataTest {
    private static final String PREFIX = "server.uring.";
    private static final Path GUIDE = Path.of("../../docs/guides/spring-boot.md");
    private static final String HEAD = "| property | default | meaning |\n|---|---|---|\n";

    private final Map<String, JsonNode> properties = read();

    private static Map<String, JsonNode> read() {
        String file = "/META-INF/spring-configuration-metadata.json";
        Map<String, JsonNode> all = new HashMap<>();
        try (InputStream in = UringServerProperties.class.getResourceAsStream(file)) {
            for (JsonNode property : new JsonMapper().readTree(in).path("properties")) {
                all.put(property.path("name").asString(), property);
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private JsonNode property(String name) {
        JsonNode property = properties.get(PREFIX + name);
        assertNotNull(property, () -> "no " + PREFIX + name + " in " + properties.keySet());
        return property;
    }

    private String fallback(String name) {
        return property(name).path("defaultValue").asString();
    }

    @Test
    void shouldDescribeEveryProperty() {
        for (String name : names()) {
            String description = property(name).path("description").asString();
            assertTrue(description.endsWith("."), () -> name + ": " + description);
            assertTrue(ConfigurationPropertyName.isValid(PREFIX + name));
        }
        assertEquals(
                names().size(),
                properties.keySet().stream().filter(n -> n.startsWith(PREFIX)).count());
    }

    /** In the order in which they are declared. */
    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : UringServerProperties.class.getRecordComponents()) {
            String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
            boolean nested = component.getType().equals(UringServerProperties.AccessLog.class);
            names.add(nested ? name + ".enabled" : name);
        }
        return names;
    }

    /** {@code -Dguide.write=true} writes it. */
    @Test
    void shouldBeTheTableOfTheGuide() throws Exception {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf(HEAD);
        int end = guide.indexOf("\n\n", begin);
        assertTrue(begin > 0, "no table in the guide");
        String rows = names().stream().map(this::row).collect(Collectors.joining("\n"));
        String made = guide.substring(0, begin) + HEAD + rows + guide.substring(end);
        if (Boolean.getBoolean("guide.write")) {
            Files.writeString(GUIDE, made);
        }
        assertEquals(made, Files.readString(GUIDE));
    }

    private String row(String name) {
        String meaning = property(name).path("description").asString();
        String choices = choices(property(name).path("type").asString());
        return "| `%s` | %s | %s%s |".formatted(name, shown(name), meaning, choices);
    }

    /** As one would write it; what has no value of its own is unlimited, or in the settings. */
    private String shown(String name) {
        String value = fallback(name);
        if (property(name).path("type").asString().equals(DataSize.class.getName())
                && !value.isEmpty()) {
            long bytes = DataSize.parse(value).toBytes();
            return bytes % (1 << 20) == 0 && bytes > 0
                    ? (bytes >> 20) + "MB"
                    : bytes % 1024 == 0 && bytes > 0 ? (bytes >> 10) + "KB" : String.valueOf(bytes);
        }
        if (!value.isEmpty()) {
            return value;
        }
        return Settings.groups().stream()
                .flatMap(group -> group.settings().stream())
                .filter(setting -> setting.name().equals(name))
                .map(Setting::fallback)
                .findFirst()
                .orElse("none");
    }

    private static String choices(String type) {
        if (!type.startsWith("io.uringreactive.")) {
            return "";
        }
        try {
            return Stream.of(Class.forName(type).getEnumConstants())
                    .map(choice -> "`" + choice.toString().toLowerCase().replace('_', '-') + "`")
                    .collect(Collectors.joining(", ", " One of ", "."));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldHaveEverySettingOfAServerByItsName() {
        for (Settings.Group group : Settings.groups()) {
            if (!group.record().equals("ConnectOptions")) {
                for (Setting<?> setting : group.settings()) {
                    String name = setting.name();
                    property(name);
                    if (!name.equals("rings")) {
                        assertEquals(plain(setting.fallback()), plain(fallback(name)), name);
                    }
                }
            }
        }
    }

    /** 1,024 and 1024B are the same. */
    private static String plain(String value) {
        return value.toLowerCase().replaceAll("[,b]", "");
    }

    @Test
    void shouldNameTheServersDefaults() {
        HttpOptions is = HttpOptions.port(0);
        assertEquals(is.idleTimeout(), DurationStyle.detectAndParse(fallback("idle-timeout")));
        assertEquals(is.headerTimeout(), DurationStyle.detectAndParse(fallback("header-timeout")));
        assertEquals(is.bodyTimeout(), DurationStyle.detectAndParse(fallback("body-timeout")));
        assertEquals(is.writeTimeout(), DurationStyle.detectAndParse(fallback("write-timeout")));
        assertEquals(String.valueOf(is.bytesPerSecondMin()), fallback("min-bytes-per-second"));
        assertEquals(String.valueOf(is.headersMax()), fallback("max-headers"));
        assertEquals(
                is.requestLineBytesMax(),
                DataSize.parse(fallback("max-initial-line-length")).toBytes());
        assertEquals(is.drainBytesMax(), DataSize.parse(fallback("max-drain-size")).toBytes());
        assertEquals("transport", fallback("fallback"));
    }
}
