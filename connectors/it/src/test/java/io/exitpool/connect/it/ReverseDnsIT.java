package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reverse-DNS sink as it is shipped, against BIND. Each test has a zone of its own. */
@NeedsPeer(program = "named", debian = "bind9")
class ReverseDnsIT {

    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final String V4_ZONE = "2.0.192.in-addr.arpa";
    private static final String V6_ZONE = "5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    private static final String V6_HOST = ".0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.";
    private static final String WRONG_ZONE = "3.0.192.in-addr.arpa";
    private static final String KILL_ZONE = "18.198.in-addr.arpa";
    private static final String AWAY_ZONE = "100.51.198.in-addr.arpa";

    private static ConnectSite site;
    private static NamedProcess named;

    @BeforeAll
    static void open() {
        site = ConnectSite.open(Map.of("EXITPOOL_TSIG_SECRET", NamedProcess.SECRET));
        named =
                NamedProcess.start(
                        site.directory().resolve("named"),
                        List.of(V4_ZONE, V6_ZONE, WRONG_ZONE, KILL_ZONE, AWAY_ZONE));
    }

    @AfterAll
    static void close() {
        named.close();
        site.close();
    }

    @Test
    void shouldFollowGrantsAndReleases() throws Exception {
        try (Feed<PoolConfig> configs = site.feed(Topics.POOL_CONFIGS);
                Feed<Decision> decisions = site.feed(Topics.DECISIONS)) {
            configs.send("se-sto-wg-1", SlotDecisions.pool(10, "192.0.2.10"));
            configs.flush();
            decisions.send("se-sto-wg-1", granted(0, "192.0.2.10", "2001:db8:5::a"));
            decisions.send("se-sto-wg-1", granted(1, "192.0.2.11", null));
            decisions.send("se-sto-wg-1", SlotDecisions.released(1));
            // Its grant is older than the topic: only the configuration knows its address.
            decisions.send("se-sto-wg-1", SlotDecisions.released(5));
            // No zone of this name server holds it.
            decisions.send("se-sto-wg-1", granted(9, "203.0.113.9", null));
            decisions.flush();
        }

        site.worker()
                .run(
                        "names",
                        config(
                                Map.of(
                                        "zones", "",
                                        "ptr.idle", "{address-dashed}.idle.example.net",
                                        "linger.ms", "100")));

        Map<String, String> v4 = new TreeMap<>();
        v4.put("10." + V4_ZONE + ".", "192-0-2-10.se-sto-wg-1.exits.example.net.");
        v4.put("11." + V4_ZONE + ".", "192-0-2-11.idle.example.net.");
        v4.put("15." + V4_ZONE + ".", "192-0-2-15.idle.example.net.");
        awaitPointers(V4_ZONE, v4);
        awaitPointers(
                V6_ZONE,
                Map.of(
                        "a" + V6_HOST + V6_ZONE + ".",
                        "2001-0db8-0005-0000-0000-0000-0000-000a.se-sto-wg-1.exits.example.net."));
        site.worker().awaitRead("names", Topics.DECISIONS.name());
        assertThat(deadLetters()).isPositive();
        site.worker().delete("names");
    }

    @Test
    void shouldFailWithAdviceWhenTheSecretIsWrong() throws IOException {
        try (Feed<Decision> decisions = site.feed(Topics.DECISIONS)) {
            decisions.send("se-sto-wg-2", granted(0, "192.0.3.200", null));
        }

        site.worker()
                .put(
                        "wrong",
                        config(Map.of("tsig.key.secret", "d3Jvbmc=", "zones", "192.0.3.0/24")));

        assertThat(site.worker().awaitFailure("wrong"))
                .contains("BADSIG", "'tsig.key.secret'", named.endpoint())
                .doesNotContain("d3Jvbmc");
        site.worker().delete("wrong");
    }

    @Test
    void shouldLoseNoChangeWhenTheWorkerIsKilled() throws IOException {
        int addresses = 3000;
        Map<String, String> expected = new TreeMap<>();
        try (Feed<Decision> decisions = site.feed(Topics.DECISIONS)) {
            for (int i = 0; i < addresses; i++) {
                decisions.send(killServer(i), granted(i, killAddress(i), null));
                expected.put(killOwner(i), killName(i));
            }
            decisions.flush();
            site.worker()
                    .run(
                            "killed",
                            config(
                                    Map.of(
                                            "zones", "198.18.0.0/16",
                                            "ptr.idle", "delete",
                                            "linger.ms", "0",
                                            "changes.per.second", "300")));
            await("the connector is in the middle")
                    .atMost(WITHIN)
                    .until(() -> named.pointers(KILL_ZONE).size() > addresses / 10);

            site.worker().kill();
            assertThat(named.pointers(KILL_ZONE)).hasSizeLessThan(addresses);
            for (int i = 0; i < addresses; i += 6) {
                decisions.send(killServer(i), SlotDecisions.released(i));
                expected.remove(killOwner(i));
            }
            decisions.flush();
            site.worker().start();

            awaitPointers(KILL_ZONE, expected);
        }
        site.worker().awaitRead("killed", Topics.DECISIONS.name());
        site.worker().delete("killed");
    }

    @Test
    void shouldCatchUpWithANameServerThatWasAway() throws IOException {
        Map<String, String> config =
                config(
                        Map.of(
                                "zones", "198.51.100.0/24",
                                "linger.ms", "0",
                                "retry.backoff.max.ms", "2000"));
        try (Feed<Decision> decisions = site.feed(Topics.DECISIONS)) {
            decisions.send("us-nyc-wg-1", granted(1, "198.51.100.1", null));
            decisions.flush();
            site.worker().run("away", config);
            awaitPointers(AWAY_ZONE, Map.of("1." + AWAY_ZONE + ".", awayName(1)));

            named.stop();
            decisions.send("us-nyc-wg-1", granted(2, "198.51.100.2", null));
            decisions.flush();
            await("the worker notices")
                    .atMost(WITHIN)
                    .until(() -> site.worker().log().contains("no answer from the name server"));
            decisions.send("us-nyc-wg-1", granted(3, "198.51.100.3", null));
            decisions.flush();
            named.start();

            awaitPointers(
                    AWAY_ZONE,
                    Map.of(
                            "1." + AWAY_ZONE + ".", awayName(1),
                            "2." + AWAY_ZONE + ".", awayName(2),
                            "3." + AWAY_ZONE + ".", awayName(3)));
        }
        site.worker().awaitRead("away", Topics.DECISIONS.name());
        site.worker().delete("away");
    }

    /** The shipped configuration, for this name server. */
    private static Map<String, String> config(Map<String, String> changes) throws IOException {
        Path shipped = Path.of(System.getProperty("connect.deploy"), "connect/reverse-dns.json");
        Map<String, String> config =
                new ObjectMapper().readValue(shipped.toFile(), new TypeReference<>() {});
        config.put("dns.server", named.endpoint());
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.putAll(changes);
        return config;
    }

    private static void awaitPointers(String zone, Map<String, String> expected) {
        await("the records of " + zone)
                .atMost(WITHIN)
                .untilAsserted(() -> assertThat(named.pointers(zone)).isEqualTo(expected));
    }

    private static long deadLetters() throws Exception {
        TopicPartition partition = new TopicPartition("exit-connect-dead-letters", 0);
        try (Admin admin = Admin.create(site.connection().admin())) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static Decision granted(int slot, String v4, String v6) {
        return SlotDecisions.granted(slot, v4, v6);
    }

    private static String awayName(int host) {
        return "198-51-100-" + host + ".us-nyc-wg-1.exits.example.net.";
    }

    private static String killServer(int i) {
        return "de-fra-wg-" + i % 20;
    }

    private static String killAddress(int i) {
        return "198.18." + i / 250 + "." + i % 250;
    }

    private static String killOwner(int i) {
        return i % 250 + "." + i / 250 + "." + KILL_ZONE + ".";
    }

    private static String killName(int i) {
        return killAddress(i).replace('.', '-') + "." + killServer(i) + ".exits.example.net.";
    }
}
