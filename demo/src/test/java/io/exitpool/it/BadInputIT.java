package io.exitpool.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What nobody should send, to a broker and an allocation that run: each has the answer that
 * docs/operations.md promises, and what comes behind it on the same partition is answered too.
 */
class BadInputIT {
    private static final String SERVER = "se-sto-wg-208";
    private static final String HUGE = "fi-hel-wg-201";
    private static final String EVENTS = Topics.SESSION_EVENTS.name();
    private static final int PARTITIONS = 12;
    private static final int PARTITION = ServerPartition.of(SERVER, PARTITIONS);
    private static final byte[] KEY = SERVER.getBytes(UTF_8);

    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 5m}
            servers:
              se-sto-wg-208: {v4: [192.0.2.1-192.0.2.100]}
              fi-hel-wg-201: {v6: [{prefix: "2001:db8:1::/112", whole: true}], cap: 2}
            """;

    private static Site site;
    private static ExitpoolApp app;
    private static RawAgent agent;
    private static DeadLetters deadLetters;

    @BeforeAll
    static void start() {
        site = Site.onSharedCluster();
        site.applyPools(POOLS);
        Map<String, String> settings = site.settings("allocation");
        // 100,000 grants are one record's answer, and so one transaction.
        settings.put("kafka.transaction.timeout.ms", "60000");
        app = site.startAllocation(settings);
        agent = new RawAgent(site.connection(), SERVER).begin();
        deadLetters = new DeadLetters(site.connection());
    }

    @AfterEach
    void shouldGoOn() {
        SessionId session = RawAgent.newSession();
        agent.started(session);
        assertThat(answer(session).getOutcome()).isInstanceOf(Granted.class);
        agent.ended(session);
    }

    @AfterAll
    static void stop() {
        try {
            Audits.assertClean(site);
        } finally {
            agent.close();
            app.close();
            site.close();
        }
    }

    @Test
    void shouldKeepUndecodableBytesAsTheyAre() {
        byte[] good = agent.bytes(new AgentEvent(agent.epoch(), 1L, 0L, new ServerStarted()));
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = 1;
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        Map<String, byte[]> values =
                Map.of(
                        "WRONG_MAGIC_BYTE",
                        wrongMagic,
                        "TOO_SHORT",
                        Arrays.copyOf(good, 3),
                        "TRUNCATED",
                        Arrays.copyOf(good, good.length - 1),
                        "TRAILING_BYTES",
                        longer,
                        "UNKNOWN_SCHEMA",
                        withSchemaId(good, 0x7fff));
        values.forEach(
                (reason, value) -> {
                    ConsumerRecord<byte[], byte[]> letter = deadLetters.await(agent.write(value));
                    assertThat(reason(letter)).startsWith("UNDECODABLE: " + reason);
                    assertThat(letter.key()).isEqualTo(KEY);
                    assertThat(letter.value()).isEqualTo(value);
                });
    }

    @Test
    void shouldKeepTheHeadersAndNotTheValueOfWhatWasDecoded() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(EVENTS, (PARTITION + 1) % PARTITIONS, KEY, aStart());
        record.headers().add("trace", new byte[] {7});

        ConsumerRecord<byte[], byte[]> letter = deadLetters.await(agent.write(record));

        assertThat(reason(letter)).startsWith("WRONG_PARTITION: ");
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
    }

    @Test
    void shouldSayWhyARecordIsNobodysOrSaysNothing() {
        assertDeadLetter(null, aStart(), "NO_KEY", null);
        assertDeadLetter("Not A Server!".getBytes(UTF_8), aStart(), "BAD_KEY", null);
        assertDeadLetter(new byte[] {(byte) 0xff, 0}, aStart(), "BAD_KEY", null);
        assertDeadLetter(KEY, null, "NO_VALUE", KEY);
        assertDeadLetter(null, null, "NO_VALUE", null);
        assertDeadLetter(KEY, agent.bytes(new Tick(PARTITION)), "STRAY_TICK", KEY);
        assertDeadLetter(null, agent.bytes(new Tick(PARTITION + 1)), "STRAY_TICK", null);
    }

    @Test
    void shouldNotBelieveWhatCannotBe() {
        long tomorrow = agent.epoch() + Duration.ofDays(2).toNanos() / 1000;
        assertDeadLetter(KEY, event(tomorrow, 1, 0), "REFUSED", KEY);
        assertDeadLetter(KEY, event(0, 1, 0), "BAD_VALUE", KEY);
        assertDeadLetter(KEY, event(agent.epoch(), 0, 0), "BAD_VALUE", KEY);
        assertDeadLetter(KEY, event(agent.epoch(), 1, -1), "BAD_VALUE", KEY);
    }

    @Test
    void shouldTellAServerThatNobodyConfiguredSo() {
        SessionId session = RawAgent.newSession();
        try (RawAgent stranger = new RawAgent(site.connection(), "us-nyc-wg-601").begin()) {
            stranger.started(session);
        }

        Rejected rejected = (Rejected) answer(session).getOutcome();

        assertThat(rejected.getCause()).isEqualTo(RejectCause.NO_POOL);
        assertThat(rejected.getRetryAfterMillis()).isPositive();
    }

    @Test
    void shouldTakeARecordOfAMegabyteAndNoLargerOne() {
        byte[] large = new byte[1_000_000];
        new Random(1).nextBytes(large);
        large[0] = 0x55;

        ConsumerRecord<byte[], byte[]> letter = deadLetters.await(agent.write(large));

        assertThat(letter.value()).isEqualTo(large);
        assertThatThrownBy(() -> agent.write(new byte[1_100_000]))
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void shouldRefuseAPartOfTooManySessions() {
        RecordMetadata part = agent.part(1_000, 0, 1, sessions(4_097));

        ConsumerRecord<byte[], byte[]> letter = deadLetters.await(part);

        assertThat(reason(letter)).startsWith("BAD_VALUE: ").contains("4096");
        assertThat(letter.value()).isNull();
    }

    @Test
    void shouldGrantAHundredThousandSessionsThatCameInParts() {
        try (RawAgent huge = new RawAgent(site.connection(), HUGE)) {
            huge.say(new ServerStarted());
            for (int part = 0; part < 25; part++) {
                huge.part(1, part, 25, sessions(4_000));
            }
        }

        Waiting.until(() -> sessionsOf(HUGE) == 100_000);
        Decisions decisions = Decisions.read(site.connection());
        assertThat(decisions.leases(HUGE)).hasSize(100_000);
    }

    @Test
    void shouldRefuseAConfigurationThatIsOldOrMovesASlotsAddress() {
        PoolConfig inForce = config();
        PoolConfig old =
                PoolConfig.newBuilder(inForce).setCap(2).setVersion(inForce.getVersion()).build();
        SlotRange elsewhere =
                new SlotRange(0, 1, new Ipv4(new byte[] {(byte) 203, 0, 113, 1}), null);
        PoolConfig moving =
                PoolConfig.newBuilder(inForce)
                        .setSlots(List.of(elsewhere))
                        .setVersion(inForce.getVersion() + 1)
                        .build();
        for (PoolConfig refused : List.of(old, moving)) {
            RecordMetadata written = agent.write(agent.record(refused));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(written);
            assertThat(reason(letter)).startsWith("REFUSED: ");
            assertThat(letter.key()).isEqualTo(KEY);
        }
    }

    @Test
    void shouldCountWhatChangesNothing() {
        PoolCounters before = counters();
        SessionId session = RawAgent.newSession();
        agent.started(session);
        agent.ended(session);
        long last = agent.seq();

        agent.say(last - 1, new SessionStarted(session, null, null, 0));
        agent.say(last, new SessionStarted(session, null, null, 0));
        agent.ended(RawAgent.newSession());
        agent.part(2_000, 0, 2, sessions(1));
        agent.part(2_001, 1, 2, sessions(1));
        agent.write(agent.bytes(new AgentEvent(agent.epoch(), 1L, 1L, new ServerStarted())));

        Waiting.until(() -> counters().getDuplicates() == before.getDuplicates() + 3);
        PoolCounters after = counters();
        assertThat(after.getUnknownEnds()).isEqualTo(before.getUnknownEnds() + 1);
        assertThat(after.getIncompleteSnapshots()).isEqualTo(before.getIncompleteSnapshots() + 2);
        assertThat(after.getSkewedClocks()).isEqualTo(before.getSkewedClocks() + 1);
        assertThat(Decisions.read(site.connection()).of(session)).hasSize(2);
    }

    private static void assertDeadLetter(byte[] key, byte[] value, String reason, byte[] keptKey) {
        ConsumerRecord<byte[], byte[]> letter =
                deadLetters.await(agent.write(new ProducerRecord<>(EVENTS, PARTITION, key, value)));
        assertThat(reason(letter)).startsWith(reason + ": ");
        assertThat(letter.key()).isEqualTo(keptKey);
        assertThat(letter.value()).isNull();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return DeadLetters.header(letter, "exitpool.reason");
    }

    private static byte[] aStart() {
        return event(agent.epoch(), 1_000_000, System.currentTimeMillis() / 1000);
    }

    private static byte[] event(long epoch, long seq, long occurredAt) {
        SessionStarted start = new SessionStarted(RawAgent.newSession(), null, null, 0);
        return agent.bytes(new AgentEvent(epoch, seq, occurredAt, start));
    }

    private static byte[] withSchemaId(byte[] value, int id) {
        byte[] other = value.clone();
        for (int i = 0; i < 4; i++) {
            other[4 - i] = (byte) (id >> 8 * i);
        }
        return other;
    }

    private static List<SnapshotEntry> sessions(int howMany) {
        List<SnapshotEntry> entries = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            entries.add(new SnapshotEntry(RawAgent.newSession(), null, null));
        }
        return entries;
    }

    private static int sessionsOf(String server) {
        return Statuses.last(site.connection(), server).map(s -> s.getSessions()).orElse(0);
    }

    private static PoolConfig config() {
        List<PoolConfig> configs = new ArrayList<>();
        TopicReader.readToEnd(
                site.connection(),
                Topics.POOL_CONFIGS,
                entry -> {
                    if (SERVER.equals(entry.key())) {
                        configs.add(entry.value());
                    }
                });
        return configs.get(0);
    }

    private static PoolCounters counters() {
        Waiting.until(() -> Statuses.last(site.connection(), SERVER).isPresent());
        return Statuses.last(site.connection(), SERVER).orElseThrow().getCounters();
    }

    private static Decision answer(SessionId session) {
        Waiting.until(() -> !Decisions.read(site.connection()).of(session).isEmpty());
        return Decisions.read(site.connection()).of(session).get(0);
    }
}
