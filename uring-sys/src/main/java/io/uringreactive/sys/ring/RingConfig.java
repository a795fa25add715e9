package io.uringreactive.sys.ring;

/**
 * The size of a ring.
 *
 * @param submissionEntries SQEs, a power of two
 * @param completionEntries CQEs, a power of two, at least twice the SQEs; an overflow loses nothing
 *     but costs time
 */
public record RingConfig(int submissionEntries, int completionEntries) {
    public static final int SUBMISSION_ENTRIES_MIN = 8;
    public static final int SUBMISSION_ENTRIES_MAX = 32_768;

    public RingConfig {
        requirePowerOfTwo("submissionEntries", submissionEntries, SUBMISSION_ENTRIES_MAX);
        requirePowerOfTwo("completionEntries", completionEntries, 2 * SUBMISSION_ENTRIES_MAX);
        if (completionEntries < 2 * submissionEntries) {
            throw new IllegalArgumentException(
                    "completionEntries must be at least twice submissionEntries: "
                            + completionEntries
                            + " < 2 * "
                            + submissionEntries);
        }
    }

    private static void requirePowerOfTwo(String name, int value, int max) {
        if (value < SUBMISSION_ENTRIES_MIN || value > max || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    name + " must be a power of two from 8 to " + max + ": " + value);
        }
    }

    /** The same with half of both, or this where that would be too small. */
    RingConfig halved() {
        return submissionEntries / 2 < 256
                ? this
                : new RingConfig(submissionEntries / 2, completionEntries / 2);
    }
}
