// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.transport;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.uringreactive.net.EndedConnection;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;
import org.reactivestreams.Subscription;
import reactor.util.context.Context;

/** A handler's publisher answers just when the handler is cancelled: whether it hears of that. */
@JCStressTest
@Outcome(id = "true", expect = ACCEPTABLE, desc = "cancelled, by one side or the other")
@Outcome(id = "false", expect = FORBIDDEN, desc = "the handler goes on")
@State
public class HandlerCancelStress {
    private final HandlerRun run = new HandlerRun(EndedConnection.create(), Context.empty());
    private final Upstream upstream = new Upstream();

    @Actor
    public void publisher() {
        run.onSubscribe(upstream);
    }

    @Actor
    public void canceller() {
        run.cancel();
    }

    @Arbiter
    public void look(Z_Result r) {
        r.r1 = upstream.cancelled;
    }

    private static final class Upstream implements Subscription {
        private volatile boolean cancelled;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
