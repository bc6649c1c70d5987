package io.exitpool.bench.memory;

import io.exitpool.bench.instance.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What an instance takes after its garbage was collected, in bytes.
 *
 * @param resident what the system has given it: VmRSS
 * @param peak the most that it ever had: VmHWM
 * @param heap objects in use
 * @param heapCommitted what the heap has of the system
 * @param rocksDb memtables, blocks, indexes and filters
 * @param direct buffers outside of the heap
 * @param threads a number, not bytes
 */
record MemorySample(
        long resident,
        long peak,
        long heap,
        long heapCommitted,
        long rocksDb,
        long direct,
        long metaspace,
        int threads) {
    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(60);
    private static final long KIB = 1 << 10;
    private static final String ANY = "";
    private static final String HEAP = "area=\"heap\"";

    /** Collects an instance's garbage, and then looks. */
    static MemorySample of(Instance instance) {
        collect(instance.pid());
        return new MemorySample(
                status(instance.pid(), "VmRSS:"),
                status(instance.pid(), "VmHWM:"),
                sum(instance, "jvm_memory_used_bytes", HEAP),
                sum(instance, "jvm_memory_committed_bytes", HEAP),
                sum(instance, "exitpool_rocksdb_memory_bytes", ANY),
                sum(instance, "jvm_buffer_memory_used_bytes", "id=\"direct\""),
                sum(instance, "jvm_memory_used_bytes", "id=\"Metaspace\""),
                (int) sum(instance, "jvm_threads_live_threads", ANY));
    }

    Map<String, Object> report() {
        return Map.of(
                "residentBytes", resident,
                "peakBytes", peak,
                "heapBytes", heap,
                "heapCommittedBytes", heapCommitted,
                "rocksDbBytes", rocksDb,
                "directBytes", direct,
                "metaspaceBytes", metaspace,
                "threads", threads);
    }

    /** Asks the other Java machine for a full collection; a JDK has the program for it. */
    private static void collect(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IllegalStateException(
                    "there is no " + jcmd + ": set JAVA_HOME to a JDK, not a JRE");
        }
        try {
            Process asking =
                    new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!asking.waitFor(COLLECTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                asking.destroyForcibly();
                throw new IllegalStateException("the garbage was not collected in time");
            }
            if (asking.exitValue() != 0) {
                throw new IllegalStateException(jcmd + " ended with " + asking.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** A line of the process' status, which Linux tells in kB. */
    private static long status(long pid, String name) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kib -> Long.parseLong(kib) * KIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("resident sizes are told by Linux only", e);
        }
    }

    private static long sum(Instance instance, String metric, String labels) {
        List<Double> values = instance.readiness().metrics(metric, labels);
        if (values.isEmpty()) {
            throw new IllegalStateException("the instance does not tell its " + metric);
        }
        return (long) values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
