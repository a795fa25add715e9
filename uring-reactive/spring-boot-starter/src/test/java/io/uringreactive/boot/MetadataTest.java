// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.Setting;
import io.uringreactive.Settings;
import io.uringreactive.boot.autoconfigure.UringServerProperties;
import io.uringreactive.http.HttpOptions;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors and readers learn of {@code server.uring.*}. */
class MetadataTest {
    private static final String PREFIX = "server.uring.";

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
        for (RecordComponent component : UringServerProperties.class.getRecordComponents()) {
            if (!component.getType().equals(UringServerProperties.AccessLog.class)) {
                String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
                String description = property(name).path("description").asString();
                assertTrue(description.endsWith("."), () -> name + ": " + description);
                assertTrue(ConfigurationPropertyName.isValid(PREFIX + name));
            }
        }
        assertFalse(property("access-log.enabled").path("description").isMissingNode());
        assertEquals(
                UringServerProperties.class.getRecordComponents().length,
                properties.keySet().stream().filter(n -> n.startsWith(PREFIX)).count());
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
        assertEquals(String.valueOf(is.headersMax()), fallback("max-headers"));
        assertEquals(
                is.requestLineBytesMax(),
                DataSize.parse(fallback("max-initial-line-length")).toBytes());
        assertEquals(is.drainBytesMax(), DataSize.parse(fallback("max-drain-size")).toBytes());
        assertEquals("transport", fallback("fallback"));
    }
}
