// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.tidy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this project wants of every source file, beyond what the compiler and the formatter see. A
 * rule returns one complaint per finding, each with its line.
 */
enum TidyRule {
    /** A file longer than this is two files. */
    LENGTH {
        @Override
        List<String> complaints(Path file, String text) {
            long lines = text.lines().count();
            return lines > LINES_MAX
                    ? List.of(lines + " lines, more than " + LINES_MAX)
                    : List.of();
        }
    },

    /** Names that say nothing, and the one that says two things. */
    BANNED_WORD {
        @Override
        List<String> complaints(Path file, String text) {
            return find(text, JavaText::code, BANNED);
        }
    },

    /** A sleep is a guess about time: wait for the event, or use the virtual clock. */
    SLEEP {
        @Override
        List<String> complaints(Path file, String text) {
            return find(text, JavaText::code, SLEEPING);
        }
    },

    /** It waits for ever: {@code expectComplete().verify(Duration)} does not. */
    VERIFY_COMPLETE {
        @Override
        List<String> complaints(Path file, String text) {
            return find(text, JavaText::code, Pattern.compile("\\bverifyComplete\\s*\\("));
        }
    },

    /** What is left to do stands in an issue, and the source says in which. */
    TODO_WITHOUT_ISSUE {
        @Override
        List<String> complaints(Path file, String text) {
            return find(
                    text,
                    JavaText::comments,
                    Pattern.compile("\\b(?:TODO\\b(?!\\s*\\(?#[0-9])|FIXME\\b|XXX\\b)"));
        }
    },

    /** Use a comma, a colon or a full stop. */
    EM_DASH {
        @Override
        List<String> complaints(Path file, String text) {
            return find(text, Function.identity(), Pattern.compile("\u2014"));
        }
    },

    /** Restricted methods are called in one package, as the compiler's lint asks to see. */
    RESTRICTED_OUTSIDE_LIBC {
        @Override
        List<String> complaints(Path file, String text) {
            boolean allowed = file.endsWith("sys/libc/" + file.getFileName());
            // The literal is what counts here, so comments alone are taken out.
            String comments = JavaText.comments(text);
            return allowed
                    ? List.of()
                    : find(text, source -> without(source, comments), RESTRICTED);
        }
    },

    /** A link within the repository leads to a file. */
    BROKEN_LINK {
        @Override
        List<String> complaints(Path file, String text) {
            List<String> complaints = new ArrayList<>();
            Matcher link = LINK.matcher(FENCE.matcher(text).replaceAll(TidyRule::blank));
            while (link.find()) {
                String target = link.group(1);
                if (!target.isEmpty() && !target.matches("[a-z]+:.*")) {
                    Path to = file.resolveSibling(target).normalize();
                    if (!Files.exists(to)) {
                        complaints.add(line(text, link.start()) + ": no such file: " + target);
                    }
                }
            }
            return complaints;
        }
    };

    static final int LINES_MAX = 300;

    private static final Pattern BANNED =
            Pattern.compile(
                    "\\w*(?<![uU])[rR]ingBuffer\\w*"
                            + "|\\b(?:class|interface|record|enum)\\s+"
                            + "(?:\\w*[a-z0-9])?(?:Utils?|Managers?|Helpers?|Impl)(?![a-z])\\w*");

    private static final Pattern SLEEPING =
            Pattern.compile(
                    "\\bThread\\s*\\.\\s*sleep\\b|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep");

    private static final Pattern RESTRICTED =
            Pattern.compile("@SuppressWarnings\\([^)]*\"restricted\"");

    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)#>\\s]*)[^)]*\\)");

    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    /** What this rule has against {@code text}, which stands in {@code file}. */
    abstract List<String> complaints(Path file, String text);

    private static List<String> find(String text, Function<String, String> view, Pattern pattern) {
        List<String> complaints = new ArrayList<>();
        Matcher matcher = pattern.matcher(view.apply(text));
        while (matcher.find()) {
            complaints.add(line(text, matcher.start()) + ": " + matcher.group());
        }
        return complaints;
    }

    private static long line(String text, int offset) {
        return 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static String blank(MatchResult match) {
        return match.group().replaceAll("[^\n]", " ");
    }

    /** {@code source} without what {@code comments}, which is as long, has not blanked. */
    private static String without(String source, String comments) {
        StringBuilder rest = new StringBuilder(source);
        for (int i = 0; i < rest.length(); i++) {
            if (comments.charAt(i) != ' ' && comments.charAt(i) != '\n') {
                rest.setCharAt(i, ' ');
            }
        }
        return rest.toString();
    }
}
