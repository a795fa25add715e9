// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Actuator on a port of its own, and what it tells of this server. */
@SpringBootTest(
        classes = Greetings.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "management.endpoints.web.exposure.include=*",
            "server.uring.rings=2",
            "spring.webflux.base-path=/base"
        })
class ManagementTest {
    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    @Autowired private JsonMapper json;

    private JsonNode tell(String path) throws Exception {
        return json.readTree(Client.get(managementPort, "/actuator" + path).body());
    }

    private double measured(String meter) throws Exception {
        return tell("/metrics/" + meter).path("measurements").path(0).path("value").asDouble();
    }

    @Test
    void shouldServeBothPorts() throws Exception {
        assertNotEquals(port, managementPort);
        assertEquals("Hello, World", Client.get(port, "/base/hello").body());
        assertEquals(404, Client.get(port, "/hello").statusCode());
        assertEquals("UP", tell("/health").path("status").asString());
        assertEquals(404, Client.get(port, "/base/actuator/health").statusCode());
    }

    @Test
    void shouldTellOfItsRings() throws Exception {
        JsonNode told = tell("/uring");
        assertEquals("uring", told.path("transport").asString());
        assertEquals(0, told.path("refusals").size());
        assertEquals(2, told.path("rings").size());
        long enters = 0;
        for (JsonNode ring : told.path("rings")) {
            enters += ring.path("counters").path("enters").asLong();
        }
        assertTrue(enters > 0, told::toString);
    }

    /**
     * What the endpoint calls {@code inFlight} is the meter {@code uring.ring.in.flight}; a meter
     * has its unit beside its name, and ratios are made from two readings.
     */
    @Test
    void shouldCallThingsInBothPlacesAlike() throws Exception {
        Set<String> told = new TreeSet<>();
        JsonNode ring = tell("/uring").path("rings").path(0);
        told.addAll(ring.propertyNames());
        assertTrue(told.remove("counters"));
        told.addAll(ring.path("counters").propertyNames());
        assertTrue(told.remove("busyNanos"));
        told.add("busy");
        told.addAll(Set.of("submittedPerEnter", "completionsPerEnter"));
        Set<String> measured = new TreeSet<>();
        for (JsonNode meter : tell("/metrics").path("names")) {
            if (meter.asString().startsWith("uring.ring.")) {
                measured.add(
                        Pattern.compile("\\.(.)")
                                .matcher(meter.asString().substring("uring.ring.".length()))
                                .replaceAll(dot -> dot.group(1).toUpperCase()));
            }
        }
        assertEquals(told, measured);
    }

    @Test
    void shouldMeasure() throws Exception {
        Client.get(port, "/base/hello");
        assertTrue(measured("uring.ring.enters") > 0);
        assertTrue(measured("uring.ring.completions?tag=ring:0") > 0);
        assertTrue(measured("uring.ring.connections") >= 1);
        assertTrue(measured("uring.ring.turns") > 0);
        double busySeconds = measured("uring.ring.busy");
        assertTrue(busySeconds > 0 && busySeconds < 3600, () -> busySeconds + " s");
        assertTrue(measured("uring.ring.buffers.free") > 0);
        assertTrue(measured("uring.ring.completions.per.enter") > 0);
        assertTrue(measured("uring.listener.accepted?tag=server:server") >= 1);
        assertTrue(measured("uring.listener.accepted?tag=server:management") >= 1);
        assertEquals(0, measured("uring.listener.unclaimed"));
        assertTrue(measured("uring.server.connections?tag=server:server") >= 1);
        assertTrue(measured("uring.server.connections?tag=server:management") >= 1);
        assertTrue(measured("http.server.requests") > 0);
    }
}
