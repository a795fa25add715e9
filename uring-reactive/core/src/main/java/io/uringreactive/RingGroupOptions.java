package io.uringreactive;

import io.uringreactive.sys.ring.Kernel;
import io.uringreactive.sys.ring.LinuxKernel;
import io.uringreactive.sys.ring.RingConfig;

/**
 * How many rings, and what each of them has. Immutable.
 *
 * @param rings rings and threads; default: the available processors
 * @param ring the size of one ring's queues; default 1,024 SQEs and 8,192 CQEs
 * @param bufferCount provided buffers per ring, a power of two up to 32,768; default 1,024
 * @param bufferBytes the size of one; default 8 KiB
 * @param receiveMode how bounded demand is received; default {@link ReceiveMode#AUTO}
 * @param kernel where the rings are opened; default the running one, tests use a simulated one
 */
public record RingGroupOptions(
        int rings,
        RingConfig ring,
        int bufferCount,
        int bufferBytes,
        ReceiveMode receiveMode,
        Kernel kernel) {
    private static final int RINGS_MAX = 1024;
    private static final int BUFFER_COUNT_MAX = 32_768;
    private static final int BUFFER_BYTES_MIN = 64;

    public RingGroupOptions {
        if (rings < 1 || rings > RINGS_MAX) {
            throw new IllegalArgumentException("rings must be from 1 to 1024: " + rings);
        }
        if (bufferCount < 1
                || bufferCount > BUFFER_COUNT_MAX
                || Integer.bitCount(bufferCount) != 1) {
            throw new IllegalArgumentException(
                    "bufferCount must be a power of two up to 32768: " + bufferCount);
        }
        if (bufferBytes < BUFFER_BYTES_MIN
                || (long) bufferBytes * bufferCount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "bufferBytes must be at least 64, and all buffers together below 2 GiB: "
                            + bufferBytes);
        }
    }

    public static RingGroupOptions defaults() {
        return new RingGroupOptions(
                Runtime.getRuntime().availableProcessors(),
                new RingConfig(1024, 8192),
                1024,
                8 * 1024,
                ReceiveMode.AUTO,
                LinuxKernel.instance());
    }

    public RingGroupOptions rings(int value) {
        return new RingGroupOptions(value, ring, bufferCount, bufferBytes, receiveMode, kernel);
    }

    public RingGroupOptions ring(RingConfig value) {
        return new RingGroupOptions(rings, value, bufferCount, bufferBytes, receiveMode, kernel);
    }

    /** {@code count} provided buffers per ring, of {@code bytes} each. */
    public RingGroupOptions buffers(int count, int bytes) {
        return new RingGroupOptions(rings, ring, count, bytes, receiveMode, kernel);
    }

    public RingGroupOptions receiveMode(ReceiveMode value) {
        return new RingGroupOptions(rings, ring, bufferCount, bufferBytes, value, kernel);
    }

    public RingGroupOptions kernel(Kernel value) {
        return new RingGroupOptions(rings, ring, bufferCount, bufferBytes, receiveMode, value);
    }
}
