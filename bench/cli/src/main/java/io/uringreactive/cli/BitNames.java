package io.uringreactive.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names for the bits of a word, from the class that defines them as constants. */
final class BitNames {
    private record Bit(String name, int mask) {}

    /** The names of those bits of {@code word} that {@code constants} knows, lowest first. */
    static List<String> set(Class<?> constants, int word) {
        return bits(constants).stream()
                .filter(bit -> (word & bit.mask) != 0)
                .map(Bit::name)
                .toList();
    }

    private static List<Bit> bits(Class<?> constants) {
        List<Bit> bits = new ArrayList<>();
        for (Field field : constants.getFields()) {
            if (field.getType() == int.class) {
                try {
                    bits.add(new Bit(field.getName(), field.getInt(null)));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("not a public constant: " + field, e);
                }
            }
        }
        bits.sort(Comparator.comparing(Bit::mask, Integer::compareUnsigned));
        return bits;
    }

    private BitNames() {}
}
