// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.test.contract;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs the tests that a transport is known to fail, and requires that they still do. */
final class Deviating implements InvocationInterceptor {
    /** As it stands in docs/contract.md. */
    static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "#" + test.getName();
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> test,
            ExtensionContext context)
            throws Throwable {
        String name = name(test.getExecutable());
        Contract contract = (Contract) context.getRequiredTestInstance();
        String reason = contract.deviations().get(name);
        if (reason == null) {
            invocation.proceed();
            return;
        }
        try {
            invocation.proceed();
        } catch (AssertionError e) {
            context.publishReportEntry(
                    "deviation", name + ": " + reason + " (" + e.getMessage() + ")");
            return;
        }
        throw new AssertionError(
                name + " is kept: it must not be listed as a deviation (" + reason + ")");
    }
}
