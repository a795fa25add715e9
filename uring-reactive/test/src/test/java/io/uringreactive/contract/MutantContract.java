// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.contract;

import io.uringreactive.ReceiveMode;
import io.uringreactive.test.contract.Subject;
import io.uringreactive.test.contract.TransportContract;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.TestMethodOrder;

/** The contract on a broken transport, or on one that only passes everything on. */
@TestMethodOrder(MutantContract.LikelyFirst.class)
class MutantContract extends TransportContract {
    private static final AtomicReference<Mutant> MUTANT = new AtomicReference<>(None.NONE);

    /** Through the same wrappers, unbroken. */
    enum None implements Mutant {
        NONE;

        @Override
        public String caughtBy() {
            return "";
        }

        @Override
        public Breakage breakage() {
            return new Breakage() {};
        }
    }

    static void set(Mutant mutant) {
        MUTANT.set(mutant);
    }

    @Override
    protected Subject open() {
        Breakage breakage = MUTANT.get().breakage();
        return new RingSubject(
                ReceiveMode.AUTO, transport -> new BrokenTransport(transport, breakage));
    }

    /** The test that should notice comes first: a run stops at the first failure. */
    static final class LikelyFirst implements MethodOrderer {
        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors().sort(Comparator.comparing(this::isUnlikely));
        }

        private boolean isUnlikely(MethodDescriptor method) {
            String theme = method.getMethod().getDeclaringClass().getSimpleName();
            return !MUTANT.get().caughtBy().equals(theme + "#" + method.getMethod().getName());
        }
    }
}
