// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.sys.ring;

import io.uringreactive.sys.abi.Errno;
import io.uringreactive.sys.libc.RingCalls;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kernel that this JVM runs on. One instance; probed once, on first use. */
public final class LinuxKernel implements Kernel {
    private static final LinuxKernel INSTANCE = new LinuxKernel();

    private static final System.Logger LOG = System.getLogger(LinuxKernel.class.getName());

    private final Set<String> warned = ConcurrentHashMap.newKeySet();
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
    public Ring openRing(RingConfig config, RingRestrictions restrictions) {
        // Probed first: should that fail, there is no ring yet that would stay open.
        RingFeatures known = features();
        RingMemory memory = restrict(map(config), restrictions, known);
        KernelRing ring = KernelRing.open(memory, known, config);
        ring.concessions().forEach(this::warnOnce);
        return ring;
    }

    private static RingMemory restrict(
            RingMemory memory, RingRestrictions restrictions, RingFeatures known) {
        int result = restrictions.register(new RingCalls(), memory.fd(), known.opcodes());
        if (result < 0) {
            memory.close();
            throw Diagnosis.explain("IORING_REGISTER_RESTRICTIONS", result, SystemFacts.read());
        }
        return memory;
    }

    /** Rings of one group give up the same: one line says it. */
    private void warnOnce(String concession) {
        if (warned.add(concession)) {
            LOG.log(Level.WARNING, concession);
        }
    }

    /** What the kernel says it knows, null before Linux 6.18. Needs no ring. */
    public @Nullable KernelQuery query() {
        Platform.require();
        return guarded(() -> KernelQuery.ask(new RingCalls()));
    }

    /**
     * A ring without knowledge of the optional features, for probing them. Where locked memory is
     * short the ring is opened with half the entries, and half of that, down to 256.
     */
    RingMemory map(RingConfig wanted) {
        Platform.require();
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
        return guarded(() -> RingMemory.tryOpen(config));
    }

    /** Turns the JVM's ways of denying native access into ours. */
    private static <T extends @Nullable Object> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalCallerException e) {
            throw Diagnosis.nativeAccess(e);
        } catch (ExceptionInInitializerError e) {
            throw Diagnosis.nativeAccess(e.getCause() == null ? e : e.getCause());
        } catch (NoClassDefFoundError e) {
            throw Diagnosis.nativeAccess(e);
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
