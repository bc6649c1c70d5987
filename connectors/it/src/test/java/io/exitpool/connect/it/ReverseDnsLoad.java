package io.exitpool.connect.it;

import io.exitpool.connect.dns.change.Change;
import io.exitpool.connect.dns.change.Coalescer;
import io.exitpool.connect.dns.change.Counters;
import io.exitpool.connect.dns.change.Patience;
import io.exitpool.connect.dns.change.Sender;
import io.exitpool.connect.dns.name.DiscoveredZones;
import io.exitpool.connect.dns.name.InetAddresses;
import io.exitpool.connect.dns.name.Occupancy;
import io.exitpool.connect.dns.name.PtrNames;
import io.exitpool.connect.dns.server.Endpoint;
import io.exitpool.connect.dns.server.NameServer;
import io.exitpool.connect.dns.server.PtrUpdate;
import io.exitpool.connect.dns.server.Ruling;
import io.exitpool.connect.dns.server.TcpNameServer;
import io.exitpool.connect.dns.server.TsigKey;
import io.exitpool.connect.dns.server.UnansweredException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * What coalescing saves, and what it costs in lag: the connector's own parts against a real name
 * server with a zone for each /24. The fleet's time is simulated, so that minutes pass in seconds
 * and the same seed gives the same figures; the messages are real. Not one of the tests: run it by
 * name.
 */
class ReverseDnsLoad {

    private static final long SEED = 20_261_123;
    private static final double SECONDS = 180;
    private static final int[] LINGER_SECONDS = {0, 1, 5, 30};
    private static final int ZONES = Churn.SERVERS * Churn.SLOTS / 256 + 1;
    private static final double NANOS = 1e9;
    private static final int PER_MESSAGE = 250;
    private static final int CHANGES_PER_SECOND = 1000;

    private record Scenario(String name, Churn.Pace pace, String idle, int messagesPerSecond) {}

    private static final Churn.Pace HOURS = new Churn.Pace(14_400, 600, 0);
    private static final Churn.Pace MINUTES = new Churn.Pace(300, 60, 0);
    private static final Churn.Pace RETURNING = new Churn.Pace(300, 0, 0.3);

    private static final List<Scenario> SCENARIOS =
            List.of(
                    new Scenario("4 h, rest 10 min", HOURS, "delete", 50),
                    new Scenario("5 min, rest 1 min", MINUTES, "delete", 50),
                    new Scenario("5 min, rest 1 min", MINUTES, "delete", 10),
                    new Scenario("5 min, no rest, 30 % return", RETURNING, "delete", 50),
                    new Scenario("5 min, no rest, 30 % return", RETURNING, "delete", 10),
                    new Scenario("5 min, rest 1 min", MINUTES, "keep", 10));

    @TempDir Path directory;

    @Test
    void measure() {
        List<String> zones =
                IntStream.range(0, ZONES)
                        .mapToObj(third -> third + ".18.198.in-addr.arpa")
                        .toList();
        try (NamedProcess named = NamedProcess.start(directory.resolve("named"), zones)) {
            System.out.printf(
                    "%d servers of %d slots, %d zones, %.0f s of the fleet's time, seed %d%n%n|"
                            + " sessions last | ptr.idle | linger | wanted/s | sent/s | saved |"
                            + " addresses a message | messages/s | lag p50 | lag p99 | real ms a"
                            + " message |%n|---|---|---|---|---|---|---|---|---|---|---|%n",
                    Churn.SERVERS, Churn.SLOTS, ZONES, SECONDS, SEED);
            for (Scenario scenario : SCENARIOS) {
                List<Churn.Turn> turns = Churn.turns(scenario.pace(), SECONDS, SEED);
                for (int linger : LINGER_SECONDS) {
                    System.out.println(new Run(scenario, linger, named).row(turns));
                }
            }
        }
    }

    /** One scenario with one linger time. */
    private static final class Run implements NameServer {

        private final Scenario scenario;
        private final int linger;
        private final TcpNameServer server;
        private final PtrNames names;
        private final Counters counters = new Counters();
        private final Coalescer coalescer;
        private final Sender sender;
        private final List<Double> lags = new ArrayList<>();
        private long realNanos;
        private long now;

        Run(Scenario scenario, int linger, NamedProcess named) {
            this.scenario = scenario;
            this.linger = linger;
            this.names = PtrNames.parse("{address-dashed}.{server}.example.net", scenario.idle());
            this.server =
                    new TcpNameServer(
                            Endpoint.parse(named.endpoint()),
                            TsigKey.of("hmac-sha256", NamedProcess.KEY, NamedProcess.SECRET),
                            Duration.ofMinutes(5),
                            Duration.ofSeconds(30));
            this.coalescer = new Coalescer((long) (linger * NANOS), Long.MAX_VALUE, counters);
            this.sender =
                    new Sender(
                            coalescer,
                            new DiscoveredZones(server),
                            this,
                            (change, reason) -> {
                                throw new IllegalStateException(reason);
                            },
                            counters,
                            new Sender.Limits(
                                    PER_MESSAGE, CHANGES_PER_SECOND, scenario.messagesPerSecond()),
                            new Patience(
                                    Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO),
                            0);
        }

        String row(List<Churn.Turn> turns) {
            Optional<Long> wake = Optional.empty();
            for (Churn.Turn turn : turns) {
                long at = (long) (turn.at() * NANOS);
                wake = sendUntil(at, wake);
                now = at;
                want(turn);
                wake = callAgain();
            }
            sendUntil(Long.MAX_VALUE, wake);
            server.close();
            lags.sort(null);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d s | %.1f | %.1f | %.1f %% | %.1f | %.1f | %.1f s | %.1f s |"
                            + " %.2f |",
                    scenario.name(),
                    scenario.idle(),
                    linger,
                    counters.changesWanted() / SECONDS,
                    counters.changesSent() / SECONDS,
                    100.0
                            * (counters.changesWanted() - counters.changesSent())
                            / counters.changesWanted(),
                    (double) counters.changesSent() / counters.messagesSent(),
                    counters.messagesSent() / SECONDS,
                    lags.get(lags.size() / 2),
                    lags.get(lags.size() * 99 / 100),
                    realNanos / 1e6 / counters.messagesSent());
        }

        @Override
        public Ruling update(Name zone, List<PtrUpdate> updates) throws UnansweredException {
            Map<Name, Change> ripe = new HashMap<>();
            coalescer
                    .ripe(now)
                    .forEach(change -> ripe.put(ReverseMap.fromAddress(change.address()), change));
            updates.forEach(update -> lags.add((now - ripe.get(update.owner()).since()) / NANOS));
            long begun = System.nanoTime();
            Ruling ruling = server.update(zone, updates);
            realNanos += System.nanoTime() - begun;
            return ruling;
        }

        @Override
        public void close() {
            server.close();
        }

        private Optional<Long> sendUntil(long end, Optional<Long> firstWake) {
            Optional<Long> wake = firstWake;
            while (wake.isPresent() && wake.get() <= end) {
                now = wake.get();
                wake = callAgain();
            }
            return wake;
        }

        private Optional<Long> callAgain() {
            return sender.send(now).map(pause -> now + Math.max(1, pause));
        }

        private void want(Churn.Turn turn) {
            int number = turn.server() * Churn.SLOTS + turn.slot();
            InetAddress address =
                    InetAddresses.of(
                            new byte[] {(byte) 198, 18, (byte) (number >> 8), (byte) number});
            String exit = "se-sto-wg-" + turn.server();
            Occupancy occupancy = turn.granted() ? Occupancy.GRANTED : Occupancy.IDLE;
            counters.wanted();
            names.wish(occupancy, address, exit)
                    .ifPresentOrElse(
                            wish ->
                                    coalescer.want(
                                            new Change(address, exit, wish, record(), now, 1)),
                            () -> counters.unchanged(1));
        }

        private static SinkRecord record() {
            return new SinkRecord("decisions", 0, null, null, null, null, 0);
        }
    }
}
