package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import org.jspecify.annotations.Nullable;

/** The kernel that this JVM runs on. One instance; probed once, on first use. */
public final class LinuxKernel implements Kernel {
    private static final LinuxKernel INSTANCE = new LinuxKernel();

    private final Sockets sockets = new LinuxSockets();
    private @Nullable RingFeatures features;

    private LinuxKernel() {}

    public static LinuxKernel instance() {
        return INSTANCE;
    }

    @Override
    public synchronized RingFeatures features() {
        if (features == null) {
            features = Probe.run(this);
        }
        return features;
    }

    @Override
    public Ring openRing(RingConfig config) {
        // Probed first: should that fail, there is no ring yet that would stay open.
        RingFeatures known = features();
        return KernelRing.open(map(config), known);
    }

    /**
     * A ring without knowledge of the optional features, for probing them. Where locked memory is
     * short the ring is opened with half the entries, and half of that, down to 256.
     */
    RingMemory map(RingConfig wanted) {
        requireSystem();
        RingConfig config = wanted;
        while (true) {
            RingMemory.Attempt attempt = attempt(config);
            if (attempt.memory() != null) {
                return attempt.memory();
            }
            boolean shortOfMemory = Errno.ENOMEM.is(attempt.result());
            if (!shortOfMemory || config.equals(config.halved())) {
                throw Diagnosis.explain(attempt.call(), attempt.result(), SystemFacts.read());
            }
            config = config.halved();
        }
    }

    private static RingMemory.Attempt attempt(RingConfig config) {
        try {
            return RingMemory.tryOpen(config);
        } catch (IllegalCallerException e) {
            throw Diagnosis.nativeAccess(e);
        } catch (ExceptionInInitializerError e) {
            throw Diagnosis.nativeAccess(e.getCause() == null ? e : e.getCause());
        } catch (NoClassDefFoundError e) {
            throw Diagnosis.nativeAccess(e);
        }
    }

    private static void requireSystem() {
        String os = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        SystemFacts facts =
                new SystemFacts(os, architecture, System.getProperty("os.version"), 0, -1, false);
        if (!os.equals("Linux")) {
            throw Diagnosis.notLinux(facts);
        }
        if (!facts.supportedArchitecture()) {
            throw Diagnosis.architecture(facts);
        }
    }

    @Override
    public Sockets sockets() {
        return sockets;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** System and release, as {@code uname -sr} tells them. */
    @Override
    public String toString() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }
}
