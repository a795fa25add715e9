// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uringreactive.test.contract.SocketContract;
import io.uringreactive.test.contract.Theme;
import io.uringreactive.test.contract.TransportContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/contract.md names every test of the contract and every mutant, once, and nothing else. */
class ContractDocTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.*) \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Contract#should[A-Za-z0-9]+)`");
    private static final Pattern MUTANT = Pattern.compile("`([A-Z_]+)`");

    /** Tests run in their module's folder. */
    private static Path doc() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/contract.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("docs/contract.md is not above this module");
            }
            folder = parent;
        }
        return folder.resolve("docs/contract.md");
    }

    private static List<MatchResult> rows() throws IOException {
        return Files.readAllLines(doc()).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
    }

    private static List<String> named(Pattern pattern, String cell) {
        return pattern.matcher(cell).results().map(result -> result.group(1)).toList();
    }

    private static List<String> named(Pattern pattern, int cell) throws IOException {
        return rows().stream()
                .flatMap(row -> named(pattern, row.group(cell)).stream())
                .sorted()
                .toList();
    }

    @Test
    void shouldNameEveryTestOnce() throws IOException {
        List<String> tests =
                Stream.of(TransportContract.class, SocketContract.class)
                        .flatMap(contract -> Arrays.stream(contract.getMethods()))
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .filter(method -> Theme.class.isAssignableFrom(method.getDeclaringClass()))
                        .map(m -> m.getDeclaringClass().getSimpleName() + "#" + m.getName())
                        .sorted()
                        .toList();
        assertTrue(tests.size() > 70, () -> "only " + tests.size() + " tests were found");
        assertEquals(String.join("\n", tests), String.join("\n", named(TEST, 2)));
    }

    @Test
    void shouldNameEveryMutantOnce() throws IOException {
        List<String> mutants = Mutant.all().stream().map(Mutant::name).sorted().toList();
        assertEquals(String.join("\n", mutants), String.join("\n", named(MUTANT, 3)));
    }

    @Test
    void shouldNameEachMutantBesideTheTestThatCatchesIt() throws IOException {
        TreeSet<String> wrong = new TreeSet<>();
        for (MatchResult row : rows()) {
            List<String> tests = named(TEST, row.group(2));
            for (String name : named(MUTANT, row.group(3))) {
                Mutant.all().stream()
                        .filter(mutant -> mutant.name().equals(name))
                        .filter(mutant -> !tests.contains(mutant.caughtBy()))
                        .forEach(mutant -> wrong.add(name + " is caught by " + mutant.caughtBy()));
            }
        }
        assertEquals(new TreeSet<>(), wrong);
    }
}
