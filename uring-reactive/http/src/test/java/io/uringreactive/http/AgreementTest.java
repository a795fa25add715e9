// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.http.Agreement.Reader;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What this server takes, others read likewise: {@link Agreement} on everything that bench/fuzz.sh
 * has come across, on the table of {@link StrictTest}, and on random requests.
 */
class AgreementTest {
    private static final int RANDOM_REQUESTS = Integer.getInteger("requests", 500);

    /** Of each request; all of them are tried in {@link StrictTest}. */
    private static final int CUTS = 4;

    private static final int CHOICES_MAX = 60;

    @Test
    void shouldAgreeOnTheCorpus() {
        List<byte[]> requests = WireCorpus.requests();
        assertTrue(requests.size() > 100, () -> "only " + requests.size());
        requests.forEach(request -> Agreement.checkCuts(request, CUTS));
    }

    /** Each of the table, twice on one connection. */
    @Test
    void shouldAgreeOnTheTable() {
        Stream<String> served = StrictTest.served().map(StrictTest.Served::request);
        Stream<String> refused = StrictTest.refused().map(RefusedRequests.Refused::request);
        Stream.concat(served, refused)
                .map(text -> (text + text).getBytes(ISO_8859_1))
                .forEach(bytes -> Agreement.check(bytes, bytes.length / 2));
    }

    @Test
    void shouldAgreeOnRandomRequests() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < RANDOM_REQUESTS; i++) {
            byte[] input = new byte[4 + random.nextInt(CHOICES_MAX)];
            random.nextBytes(input);
            input[0] |= 1;
            for (int j = 3; j < input.length; j++) {
                // Mostly what is in order: one odd choice is enough to have a request refused.
                boolean odd = random.nextInt(8) == 0;
                input[j] = odd ? input[j] : (byte) (random.nextInt(8) / 7 * 64);
            }
            byte[] bytes = WireFuzz.bytes(input);
            try {
                int requests = Agreement.check(bytes, WireFuzz.cut(input, bytes.length));
                // The long one before it, if there is one, is always taken.
                taken += requests > (input[0] & 2) / 2 ? 1 : 0;
            } catch (AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + " -> " + e.getMessage(), e);
            }
        }
        int count = taken;
        assertTrue(count > RANDOM_REQUESTS / 20, () -> "only " + count + " taken, seed " + seed);
    }

    /** Others who would read it differently. */
    static Stream<Arguments> others() {
        return Stream.of(
                other("another target", reading -> replaceFirst(reading, "POST", "/b")),
                other("another method", reading -> replaceFirst(reading, "post", "/a")),
                other("a field more", reading -> first(reading).field("B", "c")),
                other("a field less", reading -> first(reading).fields.removeLast()),
                other(
                        "fields turned round",
                        reading ->
                                first(reading).fields.addFirst(first(reading).fields.removeLast())),
                other("content more", reading -> first(reading).body.append('x')),
                other("content less", reading -> first(reading).body.setLength(1)),
                other("a trailer less", reading -> first(reading).trailers.clear()),
                other("an earlier end", reading -> first(reading).end(first(reading).end() - 1)),
                other("no end", reading -> first(reading).end(-1)),
                other("a request less", reading -> reading.requests.removeLast()),
                other(
                        "a request more",
                        reading -> reading.requests.add(new ReadRequest("GET", "/", "HTTP/1.1"))),
                other("a refusal behind it", reading -> reading.refuse("no")));
    }

    private static Arguments other(String name, Consumer<Reading> change) {
        return Arguments.of(name, change);
    }

    private static ReadRequest first(Reading reading) {
        return reading.requests.getFirst();
    }

    private static void replaceFirst(Reading reading, String method, String target) {
        ReadRequest before = first(reading);
        ReadRequest request = new ReadRequest(method, target, "HTTP/1.1");
        request.fields.addAll(before.fields);
        request.body.append(before.body);
        request.trailers.addAll(before.trailers);
        request.end(before.end());
        reading.requests.set(0, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void shouldNotice(String name, Consumer<Reading> change) {
        String chunked =
                "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n0\r\nA: b\r\n\r\n";
        byte[] bytes = (chunked + "GET / HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1);
        Reader same = in -> NettyReader.read(NettyReader.STRICT, in);
        Reader changed =
                in -> {
                    Reading reading = same.read(in);
                    change.accept(reading);
                    return reading;
                };
        Agreement.checkWith(same, bytes);
        assertThrows(AssertionError.class, () -> Agreement.checkWith(changed, bytes), name);
    }

    @Test
    void shouldWriteBytesThatItCanRead() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String text = WireText.of(all);
        assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7f), text);
        assertArrayEquals(all, WireText.bytes(text));
        assertArrayEquals(all, WireFuzz.bytes(WireFuzz.input(all)));
    }
}
