package io.uringreactive.sys.ring;

/** Everything that the layers above ask of the operating system. Safe from any thread. */
public interface Kernel {
    /** What rings of this kernel can do. @throws RingUnavailable when there are none to be had */
    RingFeatures features();

    /**
     * Opens a ring, disabled; {@link Ring#enable()} by the thread that will own it starts it.
     *
     * @throws RingUnavailable with cause and remedy
     */
    Ring openRing(RingConfig config);

    Sockets sockets();

    /** A monotonic clock in nanoseconds, as {@link System#nanoTime()}. */
    long nanoTime();
}
