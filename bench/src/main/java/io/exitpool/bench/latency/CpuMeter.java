package io.exitpool.bench.latency;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The processor time of the three Java machines, and of all others, from here to there. */
final class CpuMeter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ProcessHandle broker;
    private final ProcessHandle app;
    private final Reading since;

    private record Reading(long nanos, Duration broker, Duration app, Duration load) {}

    private CpuMeter(ProcessHandle broker, ProcessHandle app) {
        this.broker = broker;
        this.app = app;
        this.since = read();
        // What it says is of the time since it was last asked.
        SYSTEM.getCpuLoad();
    }

    /** Starts with the processes of these ids, and with this one as the load. */
    static CpuMeter start(long broker, long app) {
        return new CpuMeter(
                ProcessHandle.of(broker).orElseThrow(), ProcessHandle.of(app).orElseThrow());
    }

    /** Since the start. */
    Cpu stop() {
        double all = SYSTEM.getCpuLoad() * SYSTEM.getAvailableProcessors();
        Reading now = read();
        double nanos = now.nanos() - since.nanos();
        double ofBroker = now.broker().minus(since.broker()).toNanos() / nanos;
        double ofApp = now.app().minus(since.app()).toNanos() / nanos;
        double ofLoad = now.load().minus(since.load()).toNanos() / nanos;
        return new Cpu(ofBroker, ofApp, ofLoad, Math.max(0, all - ofBroker - ofApp - ofLoad));
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(), used(broker), used(app), used(ProcessHandle.current()));
    }

    /** In steps of the kernel's clock, 10 ms. */
    private static Duration used(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("a measured process is gone"));
    }
}
