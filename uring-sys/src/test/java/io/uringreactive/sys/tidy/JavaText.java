// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.tidy;

/**
 * Tells code, comments and literals of a Java source apart, character by character, so that a rule
 * about code does not trip over a comment that speaks of it.
 */
final class JavaText {
    private enum Part {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        STRING,
        TEXT_BLOCK,
        CHARACTER
    }

    private final StringBuilder code = new StringBuilder();
    private final StringBuilder comments = new StringBuilder();

    private JavaText() {}

    /** The source with every comment and literal blanked; lines stay where they are. */
    static String code(String source) {
        return split(source).code.toString();
    }

    /** The source with everything but its comments blanked. */
    static String comments(String source) {
        return split(source).comments.toString();
    }

    private static JavaText split(String source) {
        JavaText text = new JavaText();
        Part part = Part.CODE;
        int at = 0;
        while (at < source.length()) {
            Part next = part == Part.CODE ? opened(source, at) : part;
            int length = part == Part.CODE && next != Part.CODE ? opening(next) : 1;
            boolean closes = part != Part.CODE && closes(source, at, part);
            if (closes) {
                length = closing(part);
            } else if (isLiteral(part) && source.charAt(at) == '\\') {
                length = 2;
            }
            text.append(source, at, Math.min(at + length, source.length()), next);
            at += length;
            part = closes ? Part.CODE : next;
        }
        return text;
    }

    private static Part opened(String source, int at) {
        if (source.startsWith("//", at)) {
            return Part.LINE_COMMENT;
        }
        if (source.startsWith("/*", at)) {
            return Part.BLOCK_COMMENT;
        }
        if (source.startsWith("\"\"\"", at)) {
            return Part.TEXT_BLOCK;
        }
        return switch (source.charAt(at)) {
            case '"' -> Part.STRING;
            case '\'' -> Part.CHARACTER;
            default -> Part.CODE;
        };
    }

    private static boolean closes(String source, int at, Part part) {
        return switch (part) {
            case CODE -> false;
            case LINE_COMMENT -> source.charAt(at) == '\n';
            case BLOCK_COMMENT -> source.startsWith("*/", at);
            case STRING -> source.charAt(at) == '"';
            case TEXT_BLOCK -> source.startsWith("\"\"\"", at);
            case CHARACTER -> source.charAt(at) == '\'';
        };
    }

    private static int opening(Part part) {
        return switch (part) {
            case CODE, STRING, CHARACTER -> 1;
            case LINE_COMMENT, BLOCK_COMMENT -> 2;
            case TEXT_BLOCK -> 3;
        };
    }

    private static int closing(Part part) {
        return switch (part) {
            case CODE, LINE_COMMENT, STRING, CHARACTER -> 1;
            case BLOCK_COMMENT -> 2;
            case TEXT_BLOCK -> 3;
        };
    }

    private static boolean isLiteral(Part part) {
        return part == Part.STRING || part == Part.TEXT_BLOCK || part == Part.CHARACTER;
    }

    private void append(String source, int from, int to, Part part) {
        boolean comment = part == Part.LINE_COMMENT || part == Part.BLOCK_COMMENT;
        for (int i = from; i < to; i++) {
            char c = source.charAt(i);
            code.append(part == Part.CODE || c == '\n' ? c : ' ');
            comments.append(comment || c == '\n' ? c : ' ');
        }
    }
}
