package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.operator.audit.AuditRun;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.Outcome;
import io.exitpool.operator.pools.PoolsApply;
import io.exitpool.operator.schema.SchemasCommand;
import io.exitpool.operator.topics.TopicCreation;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.config.AppConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everybody does their work on a broker with TLS, passwords and ACLs, and nothing else: with the
 * files and the script of deploy/security, and no other list of rights.
 */
class BrokerSecurityIT {
    private static final Duration RUNNING_WITHIN = Duration.ofSeconds(90);

    /** All that TLS says to whoever does not speak it. */
    private static final int TLS_ALERT_BYTES = 7;

    private static final String STOCKHOLM = "se-sto-wg-208";
    private static final String FRANKFURT = "de-fra-wg-103";
    private static final String LEFT = "us-nyc-wg-601";

    private static final List<String> INVENTORY =
            List.of(
                    "exitpool  exitpool",
                    "operator  operator",
                    "dashboard dashboards",
                    "connect   connect",
                    "agent     " + STOCKHOLM,
                    "agent     " + FRANKFURT);

    private static final String POOLS =
            """
            servers:
              se-sto-wg-208: {v4: [192.0.2.1-192.0.2.20], min-rest: 1s}
              de-fra-wg-103: {v4: [192.0.2.21-192.0.2.40], min-rest: 1s}
            """;

    @TempDir private static Path directory;

    private static SecuredSite site;

    /** Schemas, topics and pools, by the operator; and the principal of a server that left. */
    @BeforeAll
    static void startSecured() throws Exception {
        List<String> all = new ArrayList<>(INVENTORY);
        all.add("agent " + LEFT);
        site = SecuredSite.start(directory, all);
        Connection operator = site.as("operator");
        Commands.Result registered =
                Commands.at(operator.bootstrapServers(), operator.registryUrl())
                        .run(new SchemasCommand(), "register");
        assertThat(registered.exitCode()).as(registered::toString).isZero();
        assertThat(
                        TopicCreation.run(operator, TopicCreation.Options.DEFAULT.withPartitions(2))
                                .asDefined())
                .isTrue();
        assertThat(
                        PoolsApply.apply(
                                        operator,
                                        Site.pools(POOLS),
                                        PoolsApply.Options.DEFAULT
                                                .withLimits(Limits.FASTER_THAN_LIFE)
                                                .withConfirm(false))
                                .outcome())
                .isEqualTo(Outcome.STORED);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void shouldDecideWhenEveryoneIsWhoTheyShouldBe() throws Exception {
        try (ExitpoolApp app = ExitpoolApp.start(AppConfig.of(site.instance("exitpool")));
                ScriptedServer stockholm = new ScriptedServer(site.as(STOCKHOLM), STOCKHOLM);
                ScriptedServer frankfurt = new ScriptedServer(site.as(FRANKFURT), FRANKFURT)) {
            app.awaitRunning(RUNNING_WITHIN);

            // when
            stockholm.startAgent().up(5);
            frankfurt.startAgent().up(5);

            // then
            Waiting.until(() -> stockholm.settled() && frankfurt.settled());
            Connection operator = site.as("operator");
            assertThat(Decisions.read(operator).leases(STOCKHOLM)).hasSize(5);
            assertThat(AuditRun.run(operator).isClean()).isTrue();
            Connection dashboards = site.as("dashboards");
            Waiting.until(() -> Statuses.last(dashboards, FRANKFURT).isPresent());
            // A wish for a slot (--sticky) needs the pool's slots.
            assertThat(Attempts.read(site.as(STOCKHOLM), Topics.POOL_CONFIGS)).isEqualTo(2);
        }
        shouldLetTheAllocationForgetWhatItRead();
    }

    /** After the loss of a changelog; only a group that is empty can. */
    private static void shouldLetTheAllocationForgetWhatItRead() throws Exception {
        Set<TopicPartition> configs = Set.of(new TopicPartition(Topics.POOL_CONFIGS.name(), 0));
        try (Admin admin = Admin.create(site.as("exitpool").admin())) {
            admin.deleteConsumerGroupOffsets("exitpool-allocation", configs).all().get();
        }
    }

    @ParameterizedTest
    @CsvSource({"connect,connect-reverse-dns", "dashboards,dashboard-statistics"})
    void shouldReadInAGroupOfItsOwn(String who, String group) {
        Map<String, Object> config = site.as(who).consumer();
        config.put("group.id", group);
        config.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer = Attempts.consumer(config)) {
            consumer.subscribe(List.of(Topics.POOL_ALERTS.name(), Topics.POOL_STATS_1M.name()));
            Waiting.until(
                    () -> {
                        consumer.poll(Attempts.POLL);
                        return !consumer.assignment().isEmpty();
                    });
            consumer.commitSync();
        }
    }

    @Test
    void shouldLetConnectKeepItsOwnTopics() throws Exception {
        List<String> own = List.of("connect-offsets", Topics.CONNECT_DEAD_LETTERS);
        try (Admin admin = Admin.create(site.as("connect").admin())) {
            admin.createTopics(List.of(new NewTopic(own.get(0), 1, (short) 1))).all().get();
            Waiting.until(() -> admin.listTopics().names().get().containsAll(own));
        }
        for (String topic : own) {
            Attempts.write(site.as("connect"), topic);
        }
    }

    static Stream<Arguments> shouldNotWriteWhatIsOthersTo() {
        return Stream.of(
                Arguments.of(STOCKHOLM, Topics.POOL_CONFIGS.name()),
                Arguments.of(STOCKHOLM, Topics.DECISIONS.name()),
                Arguments.of(STOCKHOLM, Topics.POOL_STATUS.name()),
                Arguments.of(STOCKHOLM, Topics.POOL_ALERTS.name()),
                Arguments.of(STOCKHOLM, Topics.DEAD_LETTERS),
                Arguments.of("exitpool", Topics.POOL_CONFIGS.name()),
                Arguments.of("operator", Topics.DECISIONS.name()),
                Arguments.of("operator", Topics.SESSION_EVENTS.name()),
                Arguments.of("connect", Topics.POOL_CONFIGS.name()),
                Arguments.of("connect", Topics.DECISIONS.name()));
    }

    @ParameterizedTest
    @MethodSource
    void shouldNotWriteWhatIsOthersTo(String who, String topic) {
        assertThatThrownBy(() -> Attempts.write(site.as(who), topic))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void shouldNotWriteAnythingAsADashboard() {
        List<String> all = new ArrayList<>(Topics.all().stream().map(Topic::name).toList());
        all.add(Topics.DEAD_LETTERS);
        for (String topic : all) {
            assertThatThrownBy(() -> Attempts.write(site.as("dashboards"), topic))
                    .as(topic)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STOCKHOLM, "dashboards", "connect"})
    void shouldNotReadWhoAsksForAnAddress(String who) {
        assertThatThrownBy(() -> Attempts.read(site.as(who), Topics.SESSION_EVENTS))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void shouldNotShowADashboardWhoHasWhichAddress() {
        assertThatThrownBy(() -> Attempts.read(site.as("dashboards"), Topics.DECISIONS))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    /** Kafka gives rights on topics, not on keys: docs/deployment.md says what follows. */
    @Test
    void shouldNotBeAbleToKeepAnAgentFromItsNeighboursDecisions() {
        assertThat(Attempts.read(site.as(STOCKHOLM), Topics.DECISIONS)).isNotNegative();
    }

    /** Whoever opens it shuts out an operator's command under way. */
    @ParameterizedTest
    @ValueSource(strings = {STOCKHOLM, "exitpool", "dashboards", "connect"})
    void shouldNotTakeTheOperatorsTransaction(String who) {
        Map<String, Object> config = new HashMap<>(site.as(who).producer());
        config.put("transactional.id", "exitpool-operator");
        try (KafkaProducer<byte[], byte[]> producer = Attempts.producer(config)) {
            assertThatThrownBy(producer::initTransactions)
                    .isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STOCKHOLM, "dashboards"})
    void shouldNotJoinTheAllocationsGroup(String who) {
        Map<String, Object> config = site.as(who).consumer();
        config.put("group.id", "exitpool-allocation");
        try (KafkaConsumer<byte[], byte[]> consumer = Attempts.consumer(config)) {
            consumer.subscribe(List.of(Topics.POOL_STATUS.name()));
            assertThatThrownBy(() -> consumer.poll(RUNNING_WITHIN))
                    .isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STOCKHOLM, "dashboards", "exitpool"})
    void shouldNotCreateTopics(String who) {
        try (Admin admin = Admin.create(site.as(who).admin())) {
            assertThatThrownBy(
                            () ->
                                    admin.createTopics(
                                                    List.of(new NewTopic("exit-own", 1, (short) 1)))
                                            .all()
                                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void shouldRefuseWhoeverHasNoPassword() {
        Connection unknown = site.as("nobody", "guessed");
        Connection wrong = site.as("operator", "guessed");

        assertRefused(unknown, SaslAuthenticationException.class);
        assertRefused(wrong, SaslAuthenticationException.class);
    }

    /** Cut off before it is answered. */
    @Test
    void shouldRefuseWhoeverHasNoName() {
        assertRefused(
                site.as("operator").with("kafka.security.protocol", "SSL"), TimeoutException.class);
    }

    /** Not with Kafka's client: it takes the alert for the length of an answer of 350 MB. */
    @Test
    void shouldRefuseWhoeverSpeaksInTheClear() throws Exception {
        // A request for the versions that the broker speaks, which needs no name.
        byte[] request = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0, 0};

        byte[] answer = Attempts.inTheClear(site.asAdmin().bootstrapServers(), request);

        assertThat(answer).hasSizeLessThanOrEqualTo(TLS_ALERT_BYTES);
    }

    @Test
    void shouldDenyAKnownPrincipalThatHasNoRole() throws Exception {
        // given
        String name = "stranger";
        try (Admin admin = Admin.create(site.asAdmin().admin())) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            name,
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 8192),
                                            "known")))
                    .all()
                    .get();
        }
        Connection stranger = site.as(name, "known");
        Waiting.until(() -> Attempts.isAnswered(stranger));

        // then
        try (Admin admin = Admin.create(stranger.admin())) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
        for (Topic<?> topic : Topics.all()) {
            assertThatThrownBy(() -> Attempts.read(stranger, topic))
                    .as(topic.name())
                    .isInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> Attempts.write(stranger, topic.name()))
                    .as(topic.name())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void shouldTakeEverythingFromAServerThatLeft() throws Exception {
        // given
        Connection left = site.as(LEFT);
        assertThat(Attempts.read(left, Topics.POOL_STATUS)).isNotNegative();

        // when
        Program.Result early = site.principals("remove", "agent", LEFT);
        site.writeInventory(INVENTORY);
        Program.Result removed = site.principals("remove", "agent", LEFT);

        // then
        assertThat(early.exitCode()).as(early.output()).isEqualTo(2);
        assertThat(removed.exitCode()).as(removed.output()).isZero();
        assertThat(site.secret(LEFT)).doesNotExist();
        Waiting.until(() -> !Attempts.isAnswered(left));
    }

    @Test
    void shouldKeepPasswordsFromOthersOfTheMachine() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(site.secret("exitpool"))))
                .isEqualTo("rw-------");
    }

    private static void assertRefused(Connection connection, Class<? extends Throwable> why) {
        try (Admin admin = Admin.create(Attempts.impatient(connection).admin())) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get()).hasCauseInstanceOf(why);
        }
    }
}
