// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What bench/fuzz.sh begins with: the requests of {@code requests.txt}, one {@link WireText} a
 * line, which reach everything that was reached so far.
 */
final class WireCorpus {
    private static final String[][] PIECES = {
        Vocabulary.METHODS, Vocabulary.TARGETS, Vocabulary.VERSIONS, Vocabulary.HOSTS,
        Vocabulary.NAMES, Vocabulary.VALUES, Vocabulary.LENGTHS, Vocabulary.CODINGS,
        Vocabulary.EXTENSIONS, Vocabulary.ODDITIES
    };

    /** What a client sends in each. */
    static List<byte[]> requests() {
        List<byte[]> requests = new ArrayList<>();
        try (InputStream in = WireCorpus.class.getResourceAsStream("requests.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .forEach(line -> requests.add(WireText.bytes(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requests;
    }

    /**
     * {@code seeds FOLDER DICTIONARY} writes the inputs and the words of a run; {@code show
     * FILE...} prints what inputs stand for.
     */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "seeds" -> writeSeeds(Path.of(args[1]), Path.of(args[2]));
            case "show" -> {
                for (String file : List.of(args).subList(1, args.length)) {
                    System.out.println(
                            WireText.of(WireFuzz.bytes(Files.readAllBytes(Path.of(file)))));
                }
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void writeSeeds(Path folder, Path dictionary) throws IOException {
        Files.createDirectories(folder);
        int count = 0;
        for (byte[] request : requests()) {
            Files.write(folder.resolve("request-" + count++), WireFuzz.input(request));
        }
        TreeSet<String> words = new TreeSet<>();
        Stream.of(PIECES)
                .flatMap(Stream::of)
                .filter(word -> word.length() > 1)
                .forEach(word -> words.add(quoted(word)));
        Files.write(dictionary, words);
    }

    /** As libFuzzer wants it. */
    private static String quoted(String word) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : word.getBytes(ISO_8859_1)) {
            text.append(String.format("\\x%02x", b));
        }
        return text.append('"').toString();
    }

    private WireCorpus() {}
}
