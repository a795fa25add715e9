// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.abi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.List;

/** The classes with numbers in them, found on the class path so that a new one is not forgotten. */
final class AbiClasses {
    /** Imported once: it takes longer than all the comparisons. */
    private static final List<Class<?>> ALL =
            new ClassFileImporter()
                            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                            .importPackages("io.uringreactive.sys.abi", "io.uringreactive.sys.libc")
                            .stream()
                            .sorted(Comparator.comparing(JavaClass::getName))
                            .<Class<?>>map(JavaClass::reflect)
                            .toList();

    static List<Class<?>> all() {
        return ALL;
    }

    private AbiClasses() {}
}
