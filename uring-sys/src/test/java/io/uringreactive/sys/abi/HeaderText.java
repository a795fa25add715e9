// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Preprocessed headers: which words they have at all, and which between a structure's braces. */
final class HeaderText {
    private static final Pattern WORD = Pattern.compile("-?\\w+");
    private static final Pattern STRUCT = Pattern.compile("struct (\\w+)\\s*\\{");

    private final Set<String> words = new HashSet<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    HeaderText(String text) {
        collect(text, words);
        Matcher struct = STRUCT.matcher(text);
        while (struct.find()) {
            String body = text.substring(struct.end(), closingBrace(text, struct.end()));
            collect(body, members.computeIfAbsent(struct.group(1), name -> new HashSet<>()));
        }
    }

    private static void collect(String text, Set<String> words) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group());
        }
    }

    private static int closingBrace(String text, int from) {
        int open = 1;
        int at = from;
        while (open > 0) {
            char c = text.charAt(at++);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return at - 1;
    }

    /** Whether they define it: a structure's field between its braces, all else anywhere. */
    boolean define(Constant.CName name) {
        String struct = name.structure();
        return struct == null
                ? words.contains(name.identifier())
                : members.getOrDefault(struct, Set.of()).contains(name.identifier());
    }
}
