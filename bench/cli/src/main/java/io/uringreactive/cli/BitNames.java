// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.cli;

import io.uringreactive.sys.abi.SinceLinux;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names for the bits of a word, from the class that defines them as constants. */
final class BitNames {
    /**
     * A constant.
     *
     * @param mask its value
     */
    record Bit(String name, int mask, String sinceLinux) {}

    /** The names of those bits of {@code word} that {@code constants} knows, lowest first. */
    static List<String> set(Class<?> constants, int word) {
        return all(constants).stream()
                .filter(bit -> (word & bit.mask) != 0)
                .map(Bit::name)
                .toList();
    }

    /** Every constant that says which release brought it, lowest first. */
    static List<Bit> all(Class<?> constants) {
        List<Bit> bits = new ArrayList<>();
        for (Field field : constants.getFields()) {
            SinceLinux since = since(field);
            if (field.getType() == int.class && since != null) {
                try {
                    bits.add(new Bit(field.getName(), field.getInt(null), since.value()));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("not a public constant: " + field, e);
                }
            }
        }
        bits.sort(Comparator.comparing(Bit::mask, Integer::compareUnsigned));
        return bits;
    }

    private static @Nullable SinceLinux since(Field field) {
        SinceLinux since = field.getAnnotation(SinceLinux.class);
        return since != null ? since : field.getDeclaringClass().getAnnotation(SinceLinux.class);
    }

    private BitNames() {}
}
