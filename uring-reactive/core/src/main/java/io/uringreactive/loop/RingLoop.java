package io.uringreactive.loop;

import io.uringreactive.sys.abi.CancelFlags;
import io.uringreactive.sys.abi.CqeFlags;
import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.abi.Opcode;
import io.uringreactive.sys.abi.Sqe;
import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.Ring;
import io.uringreactive.sys.ring.RingCounters;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One ring and its thread. Everything but {@link #execute}, {@link #stop}, {@link #isInLoop} and
 * the state queries is confined to that thread.
 *
 * <p>A turn: drain the CQ, which signals subscribers inline; drain the inbox; fire timers; run what
 * was deferred to the turn's end; then one io_uring_enter(2) that submits all of it and waits.
 */
public final class RingLoop {
    private static final Logger LOG = Loggers.getLogger(RingLoop.class);

    /** Bounds of one turn, so that neither completions nor tasks keep the other waiting. */
    private static final int COMPLETIONS_PER_TURN_MAX = 4096;

    private static final int TASKS_PER_TURN_MAX = 1024;
    private static final int TIMERS_PER_TURN_MAX = 1024;

    /** The user_data of operations whose CQE nobody waits for; never that of a slot. */
    private static final long UNWATCHED = -2L;

    /** The user_data of what other rings send by MSG_RING. */
    public static final long MESSAGE = -3L;

    /** On top of the user_data of an operation: that of its cancellation. */
    private static final long CANCELLATION = Long.MIN_VALUE;

    private final Kernel kernel;
    private final Ring ring;
    private final RingThread thread;
    private final Inbox inbox;
    private Runnable onStart = () -> {};
    private final SlotTable slots = new SlotTable();
    private final Timers timers = new Timers();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final Shutdown shutdown = new Shutdown(this);
    private final CountDownLatch started = new CountDownLatch(1);
    private Runnable beforeEnter = () -> {};
    private IntConsumer onMessage = value -> {};
    private LateResults lateResults = (carries, result, cqeFlags) -> {};

    /** CQEs of unwatched operations that are still to come. */
    private int unwatched;

    private long lateCount;
    private boolean preparing;
    private volatile @Nullable Throwable startFailure;
    private volatile boolean stopped;

    RingLoop(Kernel kernel, Ring ring, String name) {
        this.kernel = kernel;
        this.ring = ring;
        this.inbox = new Inbox(ring);
        this.thread = new RingThread(this, name);
    }

    /** Starts the thread and waits until the ring is enabled, or fails as that did. */
    public void start() {
        thread.start();
        kernel.await(started);
        Throwable failure = startFailure;
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("the ring thread failed to start", failure);
        }
    }

    /** The loop whose thread is calling, or null on any other thread. */
    public static @Nullable RingLoop current() {
        return Thread.currentThread() instanceof RingThread ring ? ring.loop() : null;
    }

    /** Safe from any thread. */
    public boolean isInLoop() {
        return Thread.currentThread() == thread;
    }

    /** Runs {@code task} on the loop, after those put before it. Safe from any thread. */
    public void execute(Runnable task) {
        inbox.put(task);
        if (stopped) {
            drainAfterStop();
        }
    }

    /** Runs {@code task} at once when called on the loop, else as {@link #execute}. */
    public void run(Runnable task) {
        if (isInLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Runs {@code task} at the end of this turn, before the enter. */
    public void defer(Runnable task) {
        assert isInLoop();
        deferred.add(task);
    }

    /** What runs first on the loop's thread, when the ring is enabled. */
    public void onStart(Runnable hook) {
        this.onStart = hook;
    }

    /** What runs at every turn's end, after the deferred tasks. */
    public void beforeEnter(Runnable hook) {
        this.beforeEnter = hook;
    }

    /** What is done with the values that other rings send. */
    public void onMessage(IntConsumer handler) {
        this.onMessage = handler;
    }

    public void lateResults(LateResults undo) {
        this.lateResults = undo;
    }

    /** Undoes a result that was delivered and that nobody will take any more. */
    public void undo(Carries carries, int result, int cqeFlags) {
        lateResults.undo(carries, result, cqeFlags);
    }

    /**
     * The SQE of a new operation, with its user_data set; the caller fills in the rest at once.
     *
     * @throws IllegalStateException when {@code operation} is still in flight
     */
    public Sqe begin(InFlight operation) {
        requireReservable();
        if (operation.state != InFlight.State.IDLE) {
            throw new IllegalStateException("the operation is " + operation.state + ", not IDLE");
        }
        Sqe sqe = ring.reserve();
        operation.userData = slots.claim(operation);
        operation.state = InFlight.State.SUBMITTED;
        operation.cancelMissed = false;
        return sqe.userData(operation.userData);
    }

    /**
     * Lets foreign code fill in an SQE. The view of it is re-used by the next reservation, so none
     * may happen meanwhile.
     */
    public void prepareGuarded(Runnable preparation) {
        preparing = true;
        try {
            preparation.run();
        } finally {
            preparing = false;
        }
    }

    /** Whether {@link #begin} is allowed: not while another SQE is filled in, or after the end. */
    public boolean mayBegin() {
        return !preparing && !stopped;
    }

    private void requireReservable() {
        assert isInLoop() || stopped;
        if (!mayBegin()) {
            throw new IllegalStateException(
                    stopped
                            ? "the ring has stopped"
                            : "an operation was submitted while another one is being prepared");
        }
    }

    /** Takes back an SQE that {@link #begin} gave for {@code operation} just now. */
    public void abandon(InFlight operation, Sqe sqe) {
        slots.release(operation.userData);
        operation.state = InFlight.State.IDLE;
        sqe.opcode(Opcode.NOP).flags(0).ioprio(0).fd(-1).opFlags(0).userData(UNWATCHED);
        unwatched++;
    }

    /** The SQE of an operation whose result nobody needs, such as a close. */
    public Sqe beginUnwatched() {
        requireReservable();
        unwatched++;
        return ring.reserve().userData(UNWATCHED);
    }

    /**
     * Asks the kernel to cancel {@code operation}, which must be in flight. From now on its results
     * are undone; {@link InFlight#onCancelled()} comes with its terminal CQE, whether the
     * cancellation was in time or not (io_uring_cancelation(7)).
     */
    public void cancel(InFlight operation) {
        if (operation.state == InFlight.State.SUBMITTED) {
            interrupt(operation);
            operation.state = InFlight.State.CANCELLED;
        }
    }

    /**
     * Asks the kernel to end {@code operation}, whose results are still delivered: those that came
     * before, and the terminal one (-ECANCELED).
     */
    public void interrupt(InFlight operation) {
        if (operation.state != InFlight.State.SUBMITTED || stopped) {
            return;
        }
        long userData = operation.userData;
        if (preparing) {
            // The SQE of a stranger is being filled in: ours comes at the end of the turn.
            defer(() -> interrupt(userData));
        } else {
            interrupt(userData);
        }
    }

    private void interrupt(long userData) {
        beginUnwatched()
                .opcode(Opcode.ASYNC_CANCEL)
                .fd(-1)
                .addr(userData)
                .userData(CANCELLATION | userData);
    }

    /**
     * A multishot that has just fired may be out of the kernel's sight until its CQE is posted (a
     * TIMEOUT is): it is cancelled again when that comes.
     */
    private void onCancellation(long userData, int result) {
        unwatched--;
        if (Errno.ENOENT.is(result)) {
            InFlight operation = slots.find(userData);
            if (operation != null) {
                operation.cancelMissed = true;
            }
        }
    }

    /** Asks the kernel to cancel everything that is in flight, without telling the operations. */
    void cancelAll() {
        beginUnwatched()
                .opcode(Opcode.ASYNC_CANCEL)
                .fd(-1)
                .opFlags(CancelFlags.ANY | CancelFlags.ALL);
    }

    void run() {
        try {
            ring.enable();
            onStart.run();
        } catch (Throwable e) {
            startFailure = e;
            stopped = true;
            ring.close();
            started.countDown();
            return;
        }
        started.countDown();
        try {
            while (!shutdown.isComplete()) {
                turn();
            }
        } catch (Throwable e) {
            LOG.error("{} ends: its ring has become unusable", this, e);
            shutdown.abandon();
        }
        drainAfterStop();
    }

    /** The end of the ring; from here on tasks run where they are given. */
    void close() {
        stopped = true;
        ring.close();
    }

    private void turn() {
        ring.drain(this::dispatch, COMPLETIONS_PER_TURN_MAX);
        for (int i = 0; i < TASKS_PER_TURN_MAX; i++) {
            Runnable task = inbox.poll();
            if (task == null) {
                break;
            }
            guarded(task);
        }
        fireTimers();
        shutdown.advance();
        if (shutdown.isComplete()) {
            return;
        }
        for (int i = deferred.size(); i > 0; i--) {
            guarded(deferred.remove());
        }
        guarded(beforeEnter);
        enter();
    }

    private void fireTimers() {
        if (timers.size() == 0) {
            return;
        }
        long now = kernel.nanoTime();
        for (int i = 0; i < TIMERS_PER_TURN_MAX; i++) {
            Timers.Timer due = timers.takeDue(now);
            if (due == null) {
                break;
            }
            guarded(due::fire);
        }
    }

    private void enter() {
        boolean workLeft = ring.completions() > 0 || !deferred.isEmpty() || !inbox.fallAsleep();
        if (!workLeft) {
            long timeout =
                    timers.size() == 0 ? Long.MAX_VALUE : timers.nanosToNext(kernel.nanoTime());
            ring.enter(timeout);
            inbox.awake();
        } else if (ring.unsubmitted() > 0 || ring.entryWanted()) {
            ring.enter(0);
        }
    }

    private void dispatch(long userData, int result, int cqeFlags) {
        if (userData < 0) {
            dispatchOwn(userData, result);
            return;
        }
        InFlight operation = slots.find(userData);
        if (operation == null) {
            // The slot has moved on: what the CQE carries must still be given back.
            lateCount++;
            guarded(() -> lateResults.undo(SlotTable.carries(userData), result, cqeFlags));
            return;
        }
        boolean cancelled = operation.state == InFlight.State.CANCELLED;
        boolean terminal = CqeFlags.isTerminal(cqeFlags);
        if (terminal) {
            slots.release(userData);
            operation.state = InFlight.State.IDLE;
        } else if (operation.cancelMissed || shutdown.isRequested()) {
            operation.cancelMissed = false;
            interrupt(userData);
        }
        try {
            if (!cancelled) {
                operation.onCompletion(result, cqeFlags);
                return;
            }
            lateResults.undo(operation.carries(), result, cqeFlags);
            if (terminal) {
                operation.onCancelled();
            }
        } catch (Throwable e) {
            uncaught(e);
        }
    }

    private void dispatchOwn(long userData, int result) {
        if (userData == UNWATCHED) {
            unwatched--;
        } else if (userData == MESSAGE) {
            guarded(() -> onMessage.accept(result));
        } else {
            onCancellation(userData & ~CANCELLATION, result);
        }
    }

    static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            uncaught(e);
        }
    }

    /** One subscriber's bug must not end everybody's loop. */
    private static void uncaught(Throwable e) {
        LOG.error("uncaught on a ring thread; the ring goes on", e);
    }

    Timers timers() {
        return timers;
    }

    /** Runs {@code task} after {@code delayNanos}, unless it is cancelled. */
    public Timeout after(long delayNanos, Runnable task) {
        assert isInLoop();
        return new Timeout(this, delayNanos, task);
    }

    public long nanoTime() {
        return kernel.nanoTime();
    }

    /** For registering buffer rings and reading what the kernel grants. */
    public Ring ring() {
        return ring;
    }

    public Kernel kernel() {
        return kernel;
    }

    /**
     * Stops the loop: runs the stop hooks, cancels what is in flight, waits for the terminal CQEs,
     * and closes the ring. Safe from any thread, also more than once.
     */
    public void stop() {
        shutdown.request();
        // An empty task, and not only a wake-up: a loop that is about to sleep has looked at the
        // request already, but it looks at the inbox once more.
        execute(() -> {});
    }

    /** Whether the ring is closed: tasks still run, on whichever thread, but nothing submits. */
    public boolean isStopped() {
        return stopped;
    }

    public Shutdown shutdown() {
        return shutdown;
    }

    /** Tasks that came too late to run on the loop still run, one at a time: nothing is lost. */
    private synchronized void drainAfterStop() {
        for (Runnable task = deferred.poll(); task != null; task = deferred.poll()) {
            guarded(task);
        }
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            guarded(task);
        }
    }

    /** Operations in flight, watched and not. */
    public int inFlight() {
        return slots.live() + unwatched;
    }

    /** Whether nothing is in flight, and nothing waits for the turn's end to become so. */
    boolean isQuiet() {
        return inFlight() == 0 && deferred.isEmpty();
    }

    /** CQEs that came for a slot after it had been given to somebody else; 0 on a sound kernel. */
    public long lateCount() {
        return lateCount;
    }

    public RingCounters counters() {
        return ring.counters();
    }

    @Override
    public String toString() {
        return thread.getName();
    }
}
