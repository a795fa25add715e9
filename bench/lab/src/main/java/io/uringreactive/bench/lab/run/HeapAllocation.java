// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.bench.lab.run;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.uringreactive.bench.lab.process.LabException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What another JVM allocates on its heap, as its own counters of all threads say: exact, and
 * without any code of ours in it. Its management agent is loaded for the question and costs it a
 * few threads that wait: not for timed samples.
 */
final class HeapAllocation implements AutoCloseable {
    private final long pid;
    private final JMXConnector connector;

    private long before;
    private long costOfAsking;

    private HeapAllocation(long pid, JMXConnector connector) {
        this.pid = pid;
        this.connector = connector;
    }

    static HeapAllocation of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                String address = machine.startLocalManagementAgent();
                return new HeapAllocation(
                        pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw failure(pid, e);
        }
    }

    /** Asks more than once: the first time costs the most, the last two tell what asking costs. */
    void begin() {
        read();
        long earlier = read();
        before = read();
        costOfAsking = before - earlier;
    }

    /** Bytes allocated since {@link #begin}. */
    long end() {
        return Math.max(0, read() - before - costOfAsking);
    }

    private long read() {
        try {
            return (Long)
                    connector
                            .getMBeanServerConnection()
                            .getAttribute(
                                    new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                                    "TotalThreadAllocatedBytes");
        } catch (IOException | JMException e) {
            throw failure(pid, e);
        }
    }

    private static LabException failure(long pid, Exception cause) {
        return new LabException(
                "JVM %d does not say what it allocates: %s".formatted(pid, cause), cause);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw failure(pid, e);
        }
    }
}
