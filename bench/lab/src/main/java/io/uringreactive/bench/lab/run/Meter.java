// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import io.uringreactive.bench.lab.load.Window;
import io.uringreactive.bench.lab.proc.CoreTicks;
import io.uringreactive.bench.lab.proc.Cores;
import io.uringreactive.bench.lab.proc.CpuTicks;
import io.uringreactive.bench.lab.proc.ProcFs;
import io.uringreactive.bench.lab.proc.Switches;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a server and the cores have done before and after a load. What is read costs
 * milliseconds and is read outside of the window, the server's CPU time nearest to it.
 */
final class Meter implements Window {
    private final List<Long> server;
    private final Cores cores;
    private final List<Long> kernelThreads;

    private State before;
    private State after;

    /** What there was at one moment. */
    private record State(
            long nanos, CpuTicks server, Switches switches, CoreTicks cores, long ours) {
        static final State NONE =
                new State(0, CpuTicks.NONE, Switches.NONE, new CoreTicks(0, 0), 0);
    }

    Meter(List<Long> server, Cores cores) {
        this.server = server;
        this.cores = cores;
        this.kernelThreads = ProcFs.softIrqThreads(cores);
        this.before = State.NONE;
        this.after = State.NONE;
    }

    @Override
    public void begin() {
        Switches switches = ProcFs.switches(server);
        long ours = ours();
        CoreTicks busy = ProcFs.cores(cores);
        before = new State(System.nanoTime(), ProcFs.cpu(server), switches, busy, ours);
    }

    @Override
    public void end() {
        CpuTicks cpu = ProcFs.cpu(server);
        long nanos = System.nanoTime();
        CoreTicks busy = ProcFs.cores(cores);
        long ours = ours();
        after = new State(nanos, cpu, ProcFs.switches(server), busy, ours);
    }

    /**
     * CPU time of servers and load, also of load that has ended: that is then in what this process
     * has waited for. This process itself is none of them: it should be idle, and disturbs if not.
     */
    private long ours() {
        List<Long> pids = new ArrayList<>(kernelThreads);
        ProcessHandle self = ProcessHandle.current();
        self.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return ProcFs.cpu(pids).total() + ProcFs.cpu(self.pid()).reaped();
    }

    CpuTicks cpu() {
        return after.server.minus(before.server);
    }

    Switches switches() {
        return after.switches.minus(before.switches);
    }

    double seconds() {
        return (after.nanos - before.nanos) / 1e9;
    }

    /** The share of the cores' time that the hypervisor gave to somebody else. */
    double steal() {
        return share(after.cores.minus(before.cores).steal());
    }

    /** The share of the cores' time that neither servers nor load had and that was not idle. */
    double otherLoad() {
        CoreTicks passed = after.cores.minus(before.cores);
        double all = seconds() * ProcFs.TICKS_PER_SECOND * cores.count();
        return share(all - passed.idle() - passed.steal() - (after.ours - before.ours));
    }

    private double share(double ticks) {
        double all = seconds() * ProcFs.TICKS_PER_SECOND * cores.count();
        return Math.clamp(ticks / all, 0, 1);
    }
}
