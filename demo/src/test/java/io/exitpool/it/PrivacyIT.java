package io.exitpool.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.operator.audit.AuditCommand;
import io.exitpool.operator.pools.PoolsCommand;
import io.exitpool.operator.watch.WatchCommand;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What is left of a session that ended: nothing in a log or in the agent's directory at any time,
 * nothing in the store and its changelog once they are compacted, and nothing on the broker at all
 * once retention has passed. The test shortens the waits, not the way. A changelog is compacted up
 * to its open segment, which is closed when something more is written to it; and what the file
 * system keeps of a deleted file is beyond what is looked at here.
 */
class PrivacyIT {
    private static final String SERVER = "se-sto-wg-208";
    private static final String CHANGELOG = "exitpool-allocation-pools-changelog";
    private static final String ADDRESSES = "192.0.2.";

    private static final String POOLS =
            "servers: {se-sto-wg-208: {v4: [192.0.2.1-192.0.2.60], min-rest: 1s}}";

    /** As much as a curious operator would ever switch on. */
    private static final String LOGBACK =
            """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg%n</pattern></encoder>
              </appender>
              <logger name="io.exitpool" level="TRACE"/>
              <root level="INFO"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    private static final Map<String, String> BROKER =
            Map.of(
                    "log.cleaner.backoff.ms", "200",
                    "log.retention.check.interval.ms", "300",
                    "log.segment.delete.delay.ms", "0");

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @Test
    void shouldForgetASessionThatEnded() throws Exception {
        Logger ours = (Logger) LoggerFactory.getLogger("io.exitpool");
        Level level = ours.getLevel();
        ours.setLevel(Level.TRACE);
        heard.start();
        ours.addAppender(heard);
        try (Site site = Site.alone(BROKER)) {
            forgets(site);
        } finally {
            ours.detachAppender(heard);
            ours.setLevel(level);
        }
    }

    private void forgets(Site site) throws IOException {
        // given
        site.applyPools(POOLS);
        Path broker = site.directory("broker");
        Set<SessionId> ended;
        Set<SessionId> living;
        Path agentDir = site.directory("agent");
        try (ChildJvm allocation = forkAllocation(site);
                ScriptedServer server =
                        new ScriptedServer(
                                site.connection(), SERVER, Optional.of(agentDir), new Kernel())) {
            server.startAgent();
            List<Tunnel> tunnels = server.up(12);
            Waiting.until(server::settled);
            makeTrouble(site);

            // when
            tunnels.subList(0, 6).forEach(server::down);
            Waiting.until(server::settled);
            ended = ended(site);
            assertThat(ended).hasSize(6);
            assertThat(Traces.inFiles(broker, ended)).isEqualTo(ended);

            // then
            closeSegmentsSoon(site);
            Path changelog =
                    broker.resolve("logs")
                            .resolve(CHANGELOG + "-" + ServerPartition.of(SERVER, 12));
            Waiting.until("the changelog is compacted", () -> goOn(server, changelog, ended));
            Waiting.until(server::settled);
            living = Decisions.read(site.connection()).leases(SERVER).keySet();
            assertThat(Traces.inFiles(changelog, living)).isEqualTo(living);
            Audits.assertClean(site);
            assertNoCommandTiesAddressesToSessions(site);
            allocation.stop();
        }
        assertThat(logLines(site).count()).isGreaterThan(20);
        Set<SessionId> all = sessions(site);
        assertThat(Traces.inLines(Stream.of("as Avro prints it: " + all.iterator().next()), all))
                .hasSize(1);
        assertThat(Traces.inLines(logLines(site), all)).isEmpty();
        assertThat(logLines(site)).noneMatch(line -> line.contains(ADDRESSES));
        assertOnlyAnEpochIn(agentDir);
        assertStoreHolds(site.directory("allocation"), living, ended);
        forgetAfterRetention(site, broker, all, ended);
    }

    private ChildJvm forkAllocation(Site site) throws IOException {
        Path logback = Files.writeString(site.directory("logback.xml"), LOGBACK);
        return site.forkAllocation(
                "allocation",
                site.settings("allocation"),
                "-Dlogback.configurationFile=" + logback);
    }

    /** Records that name a session and become dead letters, so that they are logged. */
    private static void makeTrouble(Site site) {
        int elsewhere = (ServerPartition.of(SERVER, 12) + 1) % 12;
        DeadLetters deadLetters = new DeadLetters(site.connection());
        try (RawAgent stray = new RawAgent(site.connection(), SERVER)) {
            SessionStarted start = new SessionStarted(RawAgent.newSession(), null, null, 0);
            byte[] value = stray.bytes(new AgentEvent(stray.epoch(), 1L, 1L, start));
            deadLetters.await(stray.write(Arrays.copyOf(value, value.length - 1)));
            deadLetters.await(
                    stray.write(
                            new ProducerRecord<>(
                                    Topics.SESSION_EVENTS.name(),
                                    elsewhere,
                                    SERVER.getBytes(UTF_8),
                                    value)));
        }
    }

    /** Other sessions come and go; whether the changelog has forgotten these. */
    private static boolean goOn(ScriptedServer server, Path changelog, Set<SessionId> ended) {
        Tunnel next = server.up();
        Waiting.until(server::settled);
        server.down(next);
        Waiting.until(server::settled);
        return Traces.inFiles(changelog, ended).isEmpty();
    }

    private Stream<String> logLines(Site site) throws IOException {
        return Stream.concat(
                Files.readAllLines(site.directory("allocation.log")).stream(),
                List.copyOf(heard.list).stream().map(ILoggingEvent::getFormattedMessage));
    }

    private static void assertNoCommandTiesAddressesToSessions(Site site) {
        Set<SessionId> all = sessions(site);
        Commands commands = Commands.on(site);
        List<Commands.Result> results =
                List.of(
                        commands.run(new WatchCommand(), "--from-beginning", "--to-end"),
                        commands.run(new WatchCommand(), "--from-beginning", "--to-end", "--json"),
                        commands.run(new PoolsCommand(), "show", SERVER),
                        commands.run(new AuditCommand()));
        for (Commands.Result result : results) {
            assertThat(result.out()).as(result::toString).isNotBlank();
            assertThat(Traces.inLines(result.out().lines(), all))
                    .noneMatch(line -> line.contains(ADDRESSES));
        }
    }

    private static void assertOnlyAnEpochIn(Path agentDir) throws IOException {
        try (Stream<Path> files = Files.walk(agentDir)) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0)).hasFileName(SERVER + ".epoch");
            assertThat(Files.readString(kept.get(0))).matches("\\d{16}\\n");
        }
    }

    private static void assertStoreHolds(
            Path stateDir, Set<SessionId> living, Set<SessionId> ended) {
        assertThat(StoredRows.leases(stateDir)).isEqualTo(living);
        StoredRows.compact(stateDir);
        assertThat(StoredRows.leases(stateDir)).isEqualTo(living);
        assertThat(Traces.inFiles(stateDir, living)).isEqualTo(living);
        assertThat(Traces.inFiles(stateDir, ended)).isEmpty();
    }

    private static void closeSegmentsSoon(Site site) {
        alter(
                site,
                CHANGELOG,
                Map.of(
                        "segment.ms", "200",
                        "max.compaction.lag.ms", "200",
                        "min.cleanable.dirty.ratio", "0.01",
                        "delete.retention.ms", "0",
                        "file.delete.delay.ms", "0"));
    }

    /** Nothing is left of those that ended, and in these topics nothing of any. */
    private static void forgetAfterRetention(
            Site site, Path broker, Set<SessionId> all, Set<SessionId> ended) throws IOException {
        List<String> topics =
                List.of(Topics.SESSION_EVENTS.name(), Topics.DECISIONS.name(), Topics.DEAD_LETTERS);
        for (String topic : topics) {
            alter(site, topic, Map.of("retention.ms", "1", "file.delete.delay.ms", "0"));
        }
        Path logs = broker.resolve("logs");
        Waiting.until("all is forgotten", () -> Traces.inFiles(logs, ended).isEmpty());
        try (Stream<Path> directories = Files.list(logs)) {
            List<Path> ofTopics =
                    directories
                            .filter(
                                    dir ->
                                            topics.stream()
                                                    .anyMatch(
                                                            dir.getFileName().toString()
                                                                    ::startsWith))
                            .toList();
            assertThat(ofTopics).hasSize(12 + 12 + 1);
            Waiting.until(
                    "these topics are empty",
                    () -> ofTopics.stream().allMatch(dir -> Traces.inFiles(dir, all).isEmpty()));
        }
    }

    private static void alter(Site site, String topic, Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        List<AlterConfigOp> set =
                settings.entrySet().stream()
                        .map(s -> new ConfigEntry(s.getKey(), s.getValue()))
                        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                        .toList();
        try (Admin admin = site.admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, set)).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<SessionId> ended(Site site) {
        return said(site).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<SessionId> sessions(Site site) {
        return said(site).keySet();
    }

    /** Every session that the agent started, and whether it ended. */
    private static Map<SessionId, Boolean> said(Site site) {
        Map<SessionId, Boolean> sessions = new HashMap<>();
        TopicReader.readToEnd(
                site.connection(),
                Topics.SESSION_EVENTS,
                entry -> {
                    if (entry.value() != null
                            && entry.value().getEvent() instanceof AgentEvent event) {
                        if (event.getBody() instanceof SessionStarted start) {
                            sessions.putIfAbsent(start.getSession(), false);
                        } else if (event.getBody() instanceof SessionEnded end) {
                            sessions.put(end.getSession(), true);
                        }
                    }
                });
        return sessions;
    }
}
