package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.operator.pools.PoolsCommand;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/**
 * Everything that Kafka and the allocation's disk held is lost, while sessions live. What remains
 * is on the exit servers, and in the copy of the pools that an operator keeps.
 */
class LostTopicsIT {
    private static final List<String> SERVERS =
            List.of("se-sto-wg-001", "fi-hel-wg-201", "no-osl-wg-101");

    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.30]}
              fi-hel-wg-201: {v4: [192.0.2.31-192.0.2.60], cap: 4}
              no-osl-wg-101:
                v4: [192.0.2.61-192.0.2.90]
                v6: ["2001:db8:101::1-2001:db8:101::1e"]
            """;

    /** The same addresses, and before them new ones: ids do not follow from the file's order. */
    private static final String GROWN = POOLS.replace("[192.0.2.1-", "[198.51.100.1, 192.0.2.1-");

    @Test
    void shouldRebuildThePoolsFromWhatTheServersHoldWhenEveryTopicIsLost() {
        shouldMoveNoSessionWhenLost(topic -> true, (site, copy) -> site.applyPools(copy));
    }

    @Test
    void shouldReadTheConfigurationsAgainWhenTheyAreWhatIsLeft() {
        shouldMoveNoSessionWhenLost(
                topic -> !topic.equals(Topics.POOL_CONFIGS.name()), (site, copy) -> {});
    }

    private static void shouldMoveNoSessionWhenLost(
            Predicate<String> lost, BiConsumer<Site, String> restore) {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, SERVERS)) {
            // given
            site.applyPools(POOLS);
            site.applyPools(GROWN);
            String copy = Commands.on(site).run(new PoolsCommand(), "export").out();
            Map<Tunnel, Exit> before;
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                fleet.startAgents();
                fleet.servers().forEach(server -> server.up(20));
                Waiting.until(fleet::settled);
                before = fleet.exits();
            }

            // when
            deleteTopics(site, lost);
            site.wipe("allocation");
            site.createTopics();
            restore.accept(site, copy);

            // then
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                Waiting.until(
                        () -> Decisions.read(site.connection()).granted(Choice.ADOPTED) == 60);
                List<Tunnel> late = fleet.servers().stream().map(ScriptedServer::up).toList();
                Waiting.until(fleet::settled);
                assertThat(fleet.exits())
                        .containsAllEntriesOf(before)
                        .containsKeys(late.toArray(Tunnel[]::new));
                fleet.assertUndisturbed();
                fleet.assertBooksAgree();
                Audits.assertClean(site);
            }
        }
    }

    /** The store's changelog among them; offsets committed in a topic go with the topic. */
    private static void deleteTopics(Site site, Predicate<String> lost) {
        try (Admin admin = site.admin()) {
            Set<String> topics = new TreeSet<>(admin.listTopics().names().get());
            topics.removeIf(lost.negate());
            assertThat(topics)
                    .contains(Topics.SESSION_EVENTS.name(), Topics.DECISIONS.name())
                    .anyMatch(name -> name.endsWith("-changelog"));
            admin.deleteTopics(topics).all().get();
            Waiting.until(() -> Collections.disjoint(admin.listTopics().names().get(), topics));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the topics were not deleted", e);
        }
    }
}
