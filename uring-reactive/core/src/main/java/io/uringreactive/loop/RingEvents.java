// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.loop;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * What JDK Flight Recorder may be told of rings. None of it is recorded unless a recording asks for
 * it by name.
 */
@SuppressWarnings("UnusedVariable") // the recorder reads them
final class RingEvents {
    /** None has a stack: when a turn or a handler has ended, that would show the loop. */
    @Category("io_uring")
    @Enabled(false)
    @StackTrace(false)
    private abstract static class RingEvent extends Event {
        @Label("Ring")
        @Description("The ring's thread")
        final String ring;

        RingEvent(String ring) {
            this.ring = ring;
        }
    }

    @Name("uring.Turn")
    @Label("Turn of a Ring")
    @Description("Once round the loop, without the io_uring_enter at its end")
    static final class Turn extends RingEvent {
        @Label("CQEs Drained")
        int completions;

        @Label("Tasks Run")
        int tasks;

        @Label("Timers Fired")
        int timers;

        @Label("SQEs to Submit")
        @Description("What the turn leaves for the enter; a full queue is entered before")
        int submissions;

        Turn(String ring) {
            super(ring);
        }
    }

    @Name("uring.SlowHandler")
    @Label("Slow Handler on a Ring")
    @Description("A completion, task or timer that kept the ring's thread from all others")
    @Threshold("10 ms")
    static final class SlowHandler extends RingEvent {
        @Label("Handler")
        @Description("The subscriber that was signalled, the operation, or the task")
        final Class<?> handler;

        SlowHandler(String ring, Class<?> handler) {
            super(ring);
            this.handler = handler;
        }
    }

    @Name("uring.Starvation")
    @Label("Starvation of a Ring")
    @Description("A receive ended with ENOBUFS, and waits for a provided buffer")
    static final class Starvation extends RingEvent {
        @Label("Buffers in Use")
        final int buffersOut;

        Starvation(String ring, int buffersOut) {
            super(ring);
            this.buffersOut = buffersOut;
        }
    }

    @Name("uring.Overflow")
    @Label("Overflow of a Ring")
    @Description("The completion queue was full, and the kernel kept CQEs aside")
    static final class Overflow extends RingEvent {
        @Label("Overflows")
        @Description("Since the ring was opened")
        final long overflows;

        Overflow(String ring, long overflows) {
            super(ring);
            this.overflows = overflows;
        }
    }

    private RingEvents() {}
}
