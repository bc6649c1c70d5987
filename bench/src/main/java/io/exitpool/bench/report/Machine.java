package io.exitpool.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.AppInfoParser;
import org.rocksdb.RocksDB;

/**
 * What a figure was measured on, and with: without it no figure means anything.
 *
 * @param date of the measurement's beginning, UTC
 * @param processors that the Java machine may use
 * @param memoryGib of the machine
 * @param load processes that wanted to run in the minute before, -1 if the system does not say
 * @param versions of what takes part
 */
public record Machine(
        String date,
        int processors,
        String processor,
        double memoryGib,
        String system,
        String java,
        double load,
        Map<String, String> versions) {

    private static final double GIB = 1L << 30;
    private static final String UNKNOWN = "unknown";

    /** This one, now. */
    public static Machine here() {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                value(Path.of("/proc/cpuinfo"), "model name"),
                memoryBytes() / GIB,
                systemName()
                        + ", "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                takingPart());
    }

    /** In three lines. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s  %d x %s, %.0f GiB, load %.2f%n%s; %s%n%s",
                date,
                processors,
                processor,
                memoryGib,
                load,
                system,
                java,
                String.join(
                        ", ",
                        versions.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .toList()));
    }

    private static Map<String, String> takingPart() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("Kafka", AppInfoParser.getVersion());
        versions.put("RocksDB", rocksDb());
        versions.put("Avro", implementation(Schema.class));
        return versions;
    }

    private static String rocksDb() {
        RocksDB.loadLibrary();
        RocksDB.Version version = RocksDB.rocksdbVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getPatch();
    }

    private static String implementation(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }

    private static long memoryBytes() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    private static String systemName() {
        return value(Path.of("/etc/os-release"), "PRETTY_NAME").replace("\"", "");
    }

    /** The value behind {@code name =} or {@code name :} in one of the system's files. */
    private static String value(Path file, String name) {
        if (!Files.isReadable(file)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replaceFirst("\\s*[:=]\\s*", ""))
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
