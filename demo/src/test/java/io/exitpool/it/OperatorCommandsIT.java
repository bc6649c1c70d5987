package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.it.Commands.Result;
import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.operator.audit.AuditCommand;
import io.exitpool.operator.pools.PoolsCommand;
import io.exitpool.operator.schema.SchemasCommand;
import io.exitpool.operator.topics.TopicsCommand;
import io.exitpool.operator.watch.WatchCommand;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator types, what comes back, and what it does to an allocation that runs. */
class OperatorCommandsIT {
    private static Site site;
    private static ExitpoolApp app;
    private static Commands commands;

    @BeforeAll
    static void start() {
        site = Site.onSharedCluster();
        app = site.startAllocation("allocation");
        commands = Commands.on(site);
    }

    @AfterAll
    static void stop() {
        try {
            Audits.assertClean(site);
        } finally {
            app.close();
            site.close();
        }
    }

    @Test
    void shouldNameEveryDifferenceOfATopicAndMendWhatCanBeMended() throws Exception {
        String decisions = Topics.DECISIONS.name();
        Result again = topics("create");
        assertExit(again, 0);
        assertThat(again.out().lines())
                .hasSameSizeAs(TopicDefinitions.load())
                .allMatch(l -> l.endsWith("as it should be"));

        alter(decisions, "retention.ms", "1000");
        Result differing = topics("create");
        assertExit(differing, 1);
        assertThat(differing.out())
                .contains(decisions + ": retention.ms is 1000, should be 7200000")
                .contains("--alter");

        assertExit(topics("create", "--alter"), 0);
        assertExit(topics("create", "--check"), 0);
        Result partitions = topics("create", "--partitions", "24");
        assertExit(partitions, 1);
        assertThat(partitions.out())
                .contains("exit-session-events: partitions is 12, should be 24");
        assertExit(topics("create", "--partitions", "none"), 2);
    }

    @Test
    void shouldRegisterAndCheckSchemas() throws Exception {
        Result registered = schemas("register");
        assertExit(registered, 0);
        assertThat(registered.out().lines()).hasSize(9).allMatch(l -> l.contains("registered, id"));
        assertThat(schemas("register").out()).isEqualTo(registered.out());
        assertExit(schemas("check"), 0);

        String gone;
        try (LocalRegistry other = LocalRegistry.start(0)) {
            gone = other.url();
            Commands there = Commands.at(site.connection().bootstrapServers(), gone);
            Result first = there.run(new SchemasCommand(), "check");
            assertExit(first, 0);
            assertThat(first.out()).contains("the first of its subject");
            registerSomethingElse(gone);
            Result check = there.run(new SchemasCommand(), "check");
            assertExit(check, 1);
            assertThat(check.out()).contains("exit-pool-decisions-value: INCOMPATIBLE");
            assertExit(there.run(new SchemasCommand(), "register"), 1);
        }
        Result unreachable =
                Commands.at(site.connection().bootstrapServers(), gone)
                        .run(new SchemasCommand(), "check");
        assertExit(unreachable, 3);
        assertThat(unreachable.err()).contains(gone).contains("--registry");
    }

    @Test
    void shouldApplyListShowAndExportPools() throws Exception {
        Path file = site.directory("pools.yaml");
        Files.writeString(
                file,
                """
                servers:
                  de-fra-wg-103:
                    v4: [203.0.113.1-203.0.113.30]
                    ladder: {share-up-to: 2}
                  ie-dub-wg-101:
                    v4: [203.0.113.31-203.0.113.41]
                    cap: 4
                    placement: least-loaded
                """);
        Result shown = pools("apply", "-f", file.toString(), "--dry-run");
        assertExit(shown, 0);
        assertThat(shown.out()).contains("de-fra-wg-103").contains("nothing was written");
        assertThat(pools("list").out()).doesNotContain("de-fra-wg-103");

        Result applied = pools("apply", "-f", file.toString());
        assertExit(applied, 0);
        assertThat(applied.out()).contains("ie-dub-wg-101: version 1").contains("Applied.");
        assertThat(pools("list").out().lines())
                .anyMatch(l -> l.matches("de-fra-wg-103 +1 +30 +30 +0 +0 +0 +0 +1 .*"));
        Result one = pools("show", "ie-dub-wg-101");
        assertExit(one, 0);
        assertThat(one.out()).contains("203.0.113.31").contains("cap: 4").contains("least-loaded");
        assertThat(pools("show", "ie-dub-wg-101", "--json").out()).startsWith("{");

        Path exported = site.directory("exported.yaml");
        Files.writeString(exported, pools("export").out());
        Result back = pools("apply", "-f", exported.toString());
        assertExit(back, 0);
        assertThat(back.out()).contains("Nothing to do.");
    }

    @Test
    void shouldRefuseWhatCannotBe() throws Exception {
        Path file = site.directory("wrong.yaml");
        Files.writeString(
                file,
                """
                servers:
                  us-lax-wg-002: {v4: [198.51.100.1-198.51.100.9], cap: 0}
                  us-slc-wg-303: {v4: [198.51.100.9]}
                """);
        Result refused = pools("apply", "-f", file.toString());
        assertExit(refused, 1);
        assertThat(refused.err()).contains("us-lax-wg-002.cap").contains("198.51.100.9");
        assertThat(pools("list").out()).doesNotContain("us-lax-wg-002");

        assertExit(pools("apply", "-f", site.directory("nowhere.yaml").toString()), 2);
        assertExit(pools("show", "us-lax-wg-002"), 1);
        assertExit(pools("drain", "us-lax-wg-002"), 1);
        assertExit(pools("release", "us-lax-wg-002", "one"), 2);
        assertExit(pools(), 2);
    }

    @Test
    void shouldSayThatKafkaCannotBeReached() throws Exception {
        Path hasty = site.directory("hasty.properties");
        Files.writeString(
                hasty, "kafka.default.api.timeout.ms=1500\nkafka.request.timeout.ms=1000");
        String brokers = whereNobodyListens();
        Commands nowhere = Commands.at(brokers, site.connection().registryUrl());
        Result result = nowhere.run(new TopicsCommand(), "create", "--config", hasty.toString());
        assertExit(result, 3);
        assertThat(result.err()).contains(brokers).contains("--bootstrap");
    }

    @Test
    void shouldSetAnAddressAsideAndRestoreIt() {
        String yaml = "servers: {au-mel-wg-402: {v4: [192.0.2.1-192.0.2.2], min-rest: 1s}}";
        site.applyPools(yaml);
        try (ScriptedServer server = agent("au-mel-wg-402")) {
            Result aside = pools("set-aside", server.name(), "192.0.2.2", "--reason", "listed");
            assertExit(aside, 0);
            assertThat(status(server.name()).getSetAside()).isEqualTo(1);
            assertThat(pools("show", server.name()).out()).contains("listed");
            Tunnel first = server.up();
            Waiting.until(server::settled);
            assertThat(server.kernel().exits().get(first).address()).isEqualTo("192.0.2.1");
            Tunnel second = server.up();
            Waiting.until(() -> rejections(server, RejectCause.EXHAUSTED) > 0);

            Result restored = pools("restore", server.name(), "192.0.2.2", "--reason", "delisted");
            assertExit(restored, 0);
            Waiting.until(server::settled);
            assertThat(server.kernel().exits().get(second).address()).isEqualTo("192.0.2.2");
            assertExit(pools("restore", server.name(), "192.0.2.2", "--reason", "again"), 0);
            assertExit(pools("restore", server.name(), "192.0.2.9", "--reason", "not ours"), 1);
        }
    }

    @Test
    void shouldDrainAndUndrainAServer() {
        site.applyPools("servers: {au-syd-wg-001: {v4: [192.0.2.11-192.0.2.20]}}");
        try (ScriptedServer server = agent("au-syd-wg-001")) {
            Tunnel old = server.up();
            Waiting.until(server::settled);
            assertExit(pools("drain", server.name()), 0);
            // It is told to come back in a minute: a drained server is not soon one again.
            server.up();
            Waiting.until(() -> rejections(server, RejectCause.DRAINING) > 0);
            assertThat(server.kernel().exits()).containsOnlyKeys(old);
            assertThat(pools("list").out().lines())
                    .anyMatch(l -> l.startsWith(server.name()) && l.contains("draining"));

            assertExit(pools("undrain", server.name()), 0);
            Tunnel next = server.up();
            Waiting.until(() -> server.kernel().exits().containsKey(next));
            assertThat(server.kernel().exits()).containsOnlyKeys(old, next);
            assertThat(server.kernel().moves() + server.kernel().cuts()).isZero();
        }
    }

    @Test
    void shouldReleaseASlot() {
        site.applyPools("servers: {ca-mtr-wg-302: {v4: [192.0.2.31-192.0.2.40]}}");
        try (ScriptedServer server = agent("ca-mtr-wg-302")) {
            Tunnel tunnel = server.up();
            Tunnel other = server.up();
            Waiting.until(server::settled);
            Map<Tunnel, Exit> before = server.kernel().exits();
            int slot = before.get(tunnel).slot();

            assertExit(pools("release", server.name(), String.valueOf(slot)), 0);

            Waiting.until(() -> released(server.name(), ReleaseCause.OPERATOR) == 1);
            Waiting.until(server::settled);
            assertThat(server.kernel().exits().get(tunnel).slot()).isNotEqualTo(slot);
            assertThat(server.kernel().exits().get(other)).isEqualTo(before.get(other));
            assertExit(pools("release", server.name(), "99"), 1);
        }
    }

    @Test
    void shouldResetAnEpochThatKeepsTheAgentOut() {
        String server = "fr-par-wg-101";
        site.applyPools("servers: {fr-par-wg-101: {v4: [192.0.2.51-192.0.2.60]}}");
        try (RawAgent agent = new RawAgent(site.connection(), server)) {
            long now = agent.epoch();
            agent.inEpoch(now + Duration.ofHours(20).toNanos() / 1000).begin();
            agent.inEpoch(now).begin();
            SessionId kept = RawAgent.newSession();
            agent.started(kept);
            assertThat(((Rejected) outcome(kept)).getCause()).isEqualTo(RejectCause.STALE_EPOCH);

            assertExit(pools("reset-epoch", server), 0);

            agent.inEpoch(now).begin();
            SessionId let = RawAgent.newSession();
            agent.started(let);
            assertThat(outcome(let)).isInstanceOf(Granted.class);
            agent.ended(let);
        }
    }

    @Test
    void shouldRebuildAPoolWithoutMovingASession() {
        site.applyPools("servers: {no-osl-wg-101: {v4: [192.0.2.61-192.0.2.90]}}");
        try (ScriptedServer server = agent("no-osl-wg-101")) {
            server.up(10);
            Waiting.until(server::settled);
            Map<Tunnel, Exit> before = server.kernel().exits();

            assertExit(pools("rebuild", server.name()), 0);

            Waiting.until(() -> server.ask(a -> a.counters().adoptions()) == 10);
            Waiting.until(server::settled);
            assertThat(server.kernel().exits()).isEqualTo(before);
            assertThat(server.kernel().moves() + server.kernel().cuts()).isZero();
            Waiting.until(() -> status(server.name()).getSessions() == 10);
        }
    }

    @Test
    void shouldWatchAndAudit() {
        Result audit = commands.run(new AuditCommand());
        assertExit(audit, 0);
        Result watch = commands.run(new WatchCommand(), "--from-beginning", "--to-end");
        assertExit(watch, 0);
        Result json = commands.run(new AuditCommand(), "--json");
        assertThat(json.out()).startsWith("{").contains("\"violations\"");
    }

    private static String whereNobodyListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static ScriptedServer agent(String name) {
        return new ScriptedServer(site.connection(), name).startAgent();
    }

    private static Result topics(String... arguments) {
        return commands.run(new TopicsCommand(), arguments);
    }

    private static Result pools(String... arguments) {
        return commands.run(new PoolsCommand(), arguments);
    }

    private static Result schemas(String... arguments) {
        return commands.run(new SchemasCommand(), arguments);
    }

    private static void assertExit(Result result, int exitCode) {
        assertThat(result.exitCode()).as(result::toString).isEqualTo(exitCode);
    }

    private static PoolStatus status(String server) {
        return Statuses.last(site.connection(), server).orElseThrow();
    }

    private static long rejections(ScriptedServer server, RejectCause cause) {
        return server.ask(agent -> agent.counters().rejections().getOrDefault(cause, 0L));
    }

    private static long released(String server, ReleaseCause cause) {
        return Decisions.read(site.connection()).released(server, cause);
    }

    private static Object outcome(SessionId session) {
        Waiting.until(() -> !Decisions.read(site.connection()).of(session).isEmpty());
        return Decisions.read(site.connection()).of(session).get(0).getOutcome();
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        try (Admin admin = site.admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }

    private static void registerSomethingElse(String registry) throws Exception {
        Connection there = site.connection().with(Connection.REGISTRY_URL, registry);
        Schema other =
                new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        there.registry().register(Topics.DECISIONS.subject(), new AvroSchema(other));
    }
}
