package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.config.Part;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** The registry is down when an event comes whose schema the allocation has never seen. */
class RegistryOutageIT {
    private static final String SERVER = "se-sto-wg-208";
    private static final Duration MEANWHILE = Duration.ofSeconds(3);

    @Test
    void shouldWaitForTheRegistryAndDropNothing() throws Exception {
        try (Site site = Site.alone(Map.of())) {
            // given
            site.applyPools("servers: {se-sto-wg-208: {v4: [192.0.2.1-192.0.2.30]}}");
            try (ExitpoolApp app = site.startAllocation("allocation");
                    RawAgent agent = new RawAgent(site.connection(), SERVER).begin()) {
                SessionId before = RawAgent.newSession();
                agent.started(before);
                Waiting.until(() -> isGranted(site, before));
                int newer = registerNewerSchema(site);

                // when
                site.stopRegistry();
                SessionId unread = RawAgent.newSession();
                SessionId behind = RawAgent.newSession();
                byte[] value = start(agent, unread);
                RecordMetadata written = agent.write(inNewerSchema(value, newer));
                agent.say(agent.seq() + 2, new SessionStarted(behind, null, null, 0));

                // then
                await().during(MEANWHILE)
                        .atMost(MEANWHILE.plusSeconds(5))
                        .until(
                                () ->
                                        app.state(Part.ALLOCATION)
                                                .orElseThrow()
                                                .isRunningOrRebalancing());
                site.startRegistry();
                Waiting.until(() -> isGranted(site, unread));
                Waiting.until(() -> isGranted(site, behind));
                List<Decision> answers = Decisions.read(site.connection()).all();
                assertThat(answers)
                        .extracting(Decision::getSession)
                        .containsExactly(before, unread, behind);
                assertThat(new DeadLetters(site.connection()).find(written)).isEmpty();
                Audits.assertClean(site);
            }
        }
    }

    private static byte[] start(RawAgent agent, SessionId session) {
        long now = System.currentTimeMillis() / 1000;
        SessionStarted start = new SessionStarted(session, null, null, 0);
        return agent.bytes(new AgentEvent(agent.epoch(), agent.seq() + 1, now, start));
    }

    private static boolean isGranted(Site site, SessionId session) {
        return Decisions.read(site.connection()).of(session).stream()
                .anyMatch(decision -> decision.getOutcome() instanceof Granted);
    }

    /** A later version's schema: the same, and one field more. Answers its id. */
    private static int registerNewerSchema(Site site) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(Topics.SESSION_EVENTS.schema().toString());
        ObjectNode field = ((ArrayNode) schema.get("fields")).addObject().put("name", "later");
        field.putArray("type").add("null").add("string");
        field.putNull("default");
        return site.connection()
                .registry()
                .register(Topics.SESSION_EVENTS.subject(), new AvroSchema(schema.toString()));
    }

    /** The new field is null, which is one byte behind the others. */
    private static byte[] inNewerSchema(byte[] value, int id) {
        byte[] newer = Arrays.copyOf(value, value.length + 1);
        ByteBuffer.wrap(newer).put((byte) 0).putInt(id);
        return newer;
    }
}
