package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Instances of the allocation join, leave and die under load, and pools move between them. */
class RebalanceIT {
    private static final int SERVERS = 6;
    private static final int PARTITIONS = 12;
    private static final long WINDOW_MILLIS = 5_000;

    /** One a second, and a few more where one writer took over from another. */
    private static final int MOST_TICKS_IN_A_WINDOW = 8;

    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.80]}
              se-sto-wg-002: {v4: [192.0.2.81-192.0.2.160]}
              se-sto-wg-003: {v4: [192.0.2.161-192.0.2.240]}
              se-sto-wg-004: {v4: [198.51.100.1-198.51.100.80]}
              se-sto-wg-005: {v4: [198.51.100.81-198.51.100.160]}
              se-sto-wg-006: {v4: [198.51.100.161-198.51.100.240]}
            """;

    @Test
    void shouldAnswerEveryStartWhileInstancesJoinLeaveAndDie() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, names())) {
            // given
            site.applyPools(POOLS);
            ExitpoolApp first = site.startAllocation("first");
            fleet.startAgents();
            fleet.servers().forEach(server -> server.up(10));
            Waiting.until(fleet::settled);
            Map<Tunnel, Exit> longSessions = fleet.exits();
            try (Load load = Load.start(RebalanceIT.class, fleet.servers(), 10)) {
                Waiting.until(() -> fleet.counted(c -> c.grants()) > 300);

                // when one joins, and dies
                try (ChildJvm second = site.forkAllocation("second")) {
                    Waiting.until("the second shares", () -> members(site) == 2);
                    awaitGrantsEverywhere(fleet);
                    second.kill();
                }
                Waiting.until("the second is gone", () -> members(site) == 1);
                awaitGrantsEverywhere(fleet);

                // and another one joins, and the first one leaves
                try (ExitpoolApp third = site.startAllocation("third")) {
                    Waiting.until("the third shares", () -> members(site) == 2);
                    awaitGrantsEverywhere(fleet);
                    first.close();
                    Waiting.until("the first is gone", () -> members(site) == 1);
                    awaitGrantsEverywhere(fleet);
                    load.close();

                    // then
                    Waiting.until(fleet::settled);
                    assertThat(fleet.exits()).containsAllEntriesOf(longSessions);
                    fleet.assertUndisturbed();
                    fleet.assertBooksAgree();
                    assertNothingExpired(site);
                    assertOneWriterOfTicks(site);
                    Audits.assertClean(site);
                }
            } finally {
                first.close();
            }
        }
    }

    /** The pools are on several partitions, and so each instance has some. */
    private static void awaitGrantsEverywhere(Fleet fleet) {
        Map<ScriptedServer, Long> before = new HashMap<>();
        fleet.servers().forEach(server -> before.put(server, grants(server)));
        Waiting.until(
                "grants on every server",
                () ->
                        fleet.servers().stream()
                                .allMatch(server -> grants(server) > before.get(server) + 10));
    }

    private static long grants(ScriptedServer server) {
        return server.ask(agent -> agent.counters().grants());
    }

    /** How many members of the group have partitions. */
    private static long members(Site site) throws ExecutionException, InterruptedException {
        try (Admin admin = site.admin()) {
            return admin
                    .describeConsumerGroups(List.of("exitpool-allocation"))
                    .all()
                    .get()
                    .get("exitpool-allocation")
                    .members()
                    .stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }
    }

    private static void assertNothingExpired(Site site) {
        Decisions decisions = Decisions.read(site.connection());
        for (String server : names()) {
            assertThat(decisions.released(server, ReleaseCause.EXPIRED)).isZero();
            assertThat(decisions.released(server, ReleaseCause.VANISHED)).isZero();
        }
    }

    private static void assertOneWriterOfTicks(Site site) {
        Map<Integer, List<Long>> ticks = new HashMap<>();
        TopicReader.readToEnd(
                site.connection(),
                Topics.SESSION_EVENTS,
                entry -> {
                    if (entry.value().getEvent() instanceof Tick) {
                        ticks.computeIfAbsent(entry.partition(), p -> new ArrayList<>())
                                .add(entry.timestamp());
                    }
                });
        assertThat(ticks).hasSize(PARTITIONS);
        ticks.forEach(
                (partition, times) ->
                        assertThat(most(times))
                                .as("Ticks within 5 s on partition %d", partition)
                                .isLessThanOrEqualTo(MOST_TICKS_IN_A_WINDOW));
    }

    private static long most(List<Long> times) {
        return times.stream()
                .mapToLong(
                        begin ->
                                times.stream()
                                        .filter(t -> t >= begin && t < begin + WINDOW_MILLIS)
                                        .count())
                .max()
                .orElse(0);
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, SERVERS).mapToObj("se-sto-wg-%03d"::formatted).toList();
    }
}
