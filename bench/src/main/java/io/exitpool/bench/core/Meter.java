package io.exitpool.bench.core;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What the measured part of a benchmark takes of the thread: bytes allocated and time on a
 * processor. JMH's own profiler counts what fixtures allocate as well, and these benchmarks make
 * their events in a fixture; and its clock goes on while other processes have the processor. So the
 * thread's counters are read where the fixture ends and where the next one begins.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    public long bytes;
    public long cpuNanos;
    public long operations;
    private long bytesBefore;
    private long cpuBefore;

    /** The last thing that a fixture does before the measured part. */
    void begin() {
        bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        cpuBefore = THREADS.getCurrentThreadCpuTime();
    }

    /** The first thing that a fixture does after the measured part. */
    void end(int operationsDone) {
        cpuNanos += THREADS.getCurrentThreadCpuTime() - cpuBefore;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        operations += operationsDone;
    }
}
