package io.exitpool.demo;

import io.exitpool.demo.fleet.FleetPlan.PoolSlots;
import io.exitpool.demo.workload.ExitServer;
import io.exitpool.demo.workload.ExitServer.WishScheme;
import io.exitpool.operator.pools.ApplyReport;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.PoolsApply;
import io.exitpool.operator.pools.PoolsFile;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The demo's pools: the file {@code pools.yaml} beside this class, applied with its durations
 * divided by the speed, and the servers that they belong to.
 */
final class DemoPools {

    private static final String RESOURCE = "pools.yaml";

    /** Clients' local time by the first letters of the server's name. */
    private static final Map<String, Double> UTC_OFFSETS =
            Map.ofEntries(
                    Map.entry("au-", 10.0),
                    Map.entry("ca-mtr", -4.0),
                    Map.entry("de-", 2.0),
                    Map.entry("fi-", 3.0),
                    Map.entry("fr-", 2.0),
                    Map.entry("ie-", 1.0),
                    Map.entry("no-", 2.0),
                    Map.entry("se-", 2.0),
                    Map.entry("us-dal", -5.0),
                    Map.entry("us-lax", -7.0),
                    Map.entry("us-nyc", -4.0),
                    Map.entry("us-slc", -6.0));

    /** The server that still asks for slots as all servers once did. */
    private static final String RATIO_SERVER = "us-nyc-wg-601";

    private static final String STICKY_SERVER = "ca-mtr-wg-302";

    private final SortedMap<String, PoolConfig> configs;

    private DemoPools(SortedMap<String, PoolConfig> configs) {
        this.configs = configs;
    }

    /** The file as it is, with real durations. */
    static PoolsFile file() {
        try (InputStream in = DemoPools.class.getResourceAsStream(RESOURCE)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PoolsFile.parse(yaml, Limits.STANDARD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies a file with its durations divided, and reads back what its servers have. */
    static DemoPools apply(Connection connection, PoolsFile file, double speed) {
        PoolsFile faster = file.withSettings(settings -> settings.faster(speed));
        PoolsApply.Options options =
                PoolsApply.Options.DEFAULT.withLimits(Limits.FASTER_THAN_LIFE).withConfirm(false);
        ApplyReport report = PoolsApply.apply(connection, faster, options);
        if (report.outcome().exitCode() != 0) {
            throw new IllegalStateException(
                    "the pools were not applied: " + report.problems() + report.messages());
        }
        SortedMap<String, PoolConfig> configs = new TreeMap<>();
        TopicReader.readToEnd(
                connection,
                Topics.POOL_CONFIGS,
                entry -> {
                    if (entry.isTombstone()) {
                        configs.remove(entry.key());
                    } else {
                        configs.put(entry.key(), entry.value());
                    }
                });
        // A cluster may have servers of its own.
        configs.keySet().retainAll(file.servers().keySet());
        return new DemoPools(configs);
    }

    List<ExitServer> servers() {
        return configs.entrySet().stream()
                .map(
                        pool ->
                                new ExitServer(
                                        pool.getKey(),
                                        place(pool.getKey(), pool.getValue()),
                                        slots(pool.getValue()).ids().size(),
                                        utcOffset(pool.getKey()),
                                        scheme(pool.getKey()),
                                        bends(pool.getValue())))
                .toList();
    }

    Map<String, PoolSlots> slots() {
        Map<String, PoolSlots> slots = new TreeMap<>();
        configs.forEach((server, config) -> slots.put(server, slots(config)));
        return slots;
    }

    /** The longest lease-ttl, in simulated minutes. */
    double leaseTtlMinutes(double speed) {
        long millis =
                configs.values().stream().mapToLong(PoolConfig::getLeaseTtlMillis).max().orElse(0);
        return millis * speed / 60_000;
    }

    int count() {
        return configs.size();
    }

    private static PoolSlots slots(PoolConfig config) {
        List<Integer> ids = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (SlotRange range : config.getSlots()) {
            byte[] first =
                    range.getFirstV4() == null
                            ? range.getFirstV6().bytes()
                            : range.getFirstV4().bytes();
            for (int i = 0; i < range.getCount(); i++) {
                ids.add(range.getFirstId() + i);
                addresses.add(address(new BigInteger(1, first).add(BigInteger.valueOf(i)), first));
            }
        }
        return new PoolSlots(ids, addresses);
    }

    private static String address(BigInteger number, byte[] likeThis) {
        byte[] bytes = new byte[likeThis.length];
        byte[] significant = number.toByteArray();
        int from = Math.max(0, significant.length - bytes.length);
        int length = significant.length - from;
        System.arraycopy(significant, from, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("addresses of this length cannot be unknown", e);
        }
    }

    /** What the name says, unless the configuration says otherwise. */
    private static String place(String server, PoolConfig config) {
        String[] parts = server.split("-");
        String country = config.getCountry() == null ? parts[0] : config.getCountry();
        return country + "-" + (config.getCity() == null ? parts[1] : config.getCity());
    }

    private static boolean bends(PoolConfig config) {
        return config.getLadder().getShortenRestToMillis() != null
                || config.getLadder().getShareUpTo() != null
                || config.getMaxRestingShare() < 1;
    }

    private static double utcOffset(String server) {
        return UTC_OFFSETS.entrySet().stream()
                .filter(entry -> server.startsWith(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
    }

    private static WishScheme scheme(String server) {
        return switch (server) {
            case RATIO_SERVER -> WishScheme.RATIO;
            case STICKY_SERVER -> WishScheme.STICKY;
            default -> WishScheme.NONE;
        };
    }
}
