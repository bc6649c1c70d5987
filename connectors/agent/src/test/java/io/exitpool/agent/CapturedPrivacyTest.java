package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.protocol.AgentCounters;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.StickyWish;
import io.exitpool.agent.wireguard.CapturedData;
import io.exitpool.agent.wireguard.CapturedData.Client;
import io.exitpool.agent.wireguard.DetectorSettings;
import io.exitpool.agent.wireguard.Observation;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole capture through detector and agent, with an allocator that grants every start. Nothing
 * that names a client may be in any event, as text or as bytes, nor in what a replay prints.
 */
class CapturedPrivacyTest {
    private final List<AgentEvent> events = new ArrayList<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private ReplayResult result;

    @BeforeEach
    void playTheCapture() {
        List<Observation> capture = CapturedData.timeline();
        long begin = capture.get(0).atMillis();
        SessionLog log = new SessionLog(begin / 1000);
        Agent agent =
                new Agent(
                        AgentSettings.DEFAULT,
                        new StickyWish(new Random(2), Duration.ofMinutes(2)),
                        new Random(1),
                        this::heard,
                        new MemoryMap(),
                        log);
        agent.poolSlots(IntStream.range(0, 30).toArray());
        agent.start(begin * 1000, Map.of(), begin);
        TunnelFeed feed = new TunnelFeed(DetectorSettings.DEFAULT, agent);
        for (Observation observation : capture) {
            long now = observation.atMillis();
            feed.observe(observation, now, log);
            while (!decisions.isEmpty()) {
                agent.decision(decisions.poll(), now);
            }
            agent.tick(now);
        }
        AgentCounters counters = agent.counters();
        result =
                new ReplayResult(
                        "se-sto-wg-208",
                        520,
                        log.sessions(),
                        counters,
                        agent.unanswered() + agent.unreleased(),
                        0,
                        OptionalLong.empty());
    }

    @Test
    void shouldReportEverySessionOfTheCapture() {
        assertThat(events.stream().filter(e -> e.getBody() instanceof SessionStarted)).hasSize(9);
        assertThat(
                        events.stream()
                                .filter(e -> e.getBody() instanceof SessionEnded)
                                .map(e -> ((SessionEnded) e.getBody()).getReason()))
                .containsExactly(
                        EndReason.SILENT,
                        EndReason.SILENT,
                        EndReason.PEER_REMOVED,
                        EndReason.PEER_RESET,
                        EndReason.PEER_RESET,
                        EndReason.PEER_RESET);
        assertThat(result.complete()).isTrue();
        assertThat(result.counters().snapshots()).isEqualTo(18);
    }

    @Test
    void shouldPutNothingOfAClientIntoAnyEvent() throws IOException {
        List<String> forbidden = forbidden();
        assertThat(events).hasSizeGreaterThan(30);
        for (AgentEvent event : events) {
            String bytes = HexFormat.of().formatHex(encoded(event));
            forbidden.forEach(secret -> assertThat(bytes).doesNotContain(secret));
            // Whole seconds, and an agent's time is nothing but the capture's.
            assertThat(event.getOccurredAt()).isBetween(1_795_345_261L, 1_795_345_782L);
        }
    }

    @Test
    void shouldPrintNoKeyAndNoSessionId() throws IOException {
        List<String> forbidden = new ArrayList<>(forbidden());
        events.stream()
                .filter(e -> e.getBody() instanceof SessionStarted)
                .map(e -> ((SessionStarted) e.getBody()).getSession().bytes())
                .forEach(
                        id -> {
                            forbidden.add(hex(HexFormat.of().formatHex(id)));
                            forbidden.add(hex(Base64.getEncoder().encodeToString(id)));
                            forbidden.add(HexFormat.of().formatHex(id));
                        });
        String printed = hex(ReplayReport.text(result) + ReplayReport.json(result));

        forbidden.forEach(secret -> assertThat(printed).doesNotContain(secret));
    }

    /** Text and bytes alike, in hexadecimal digits. */
    private static List<String> forbidden() throws IOException {
        List<String> forbidden = new ArrayList<>();
        for (Client client : CapturedData.clients()) {
            forbidden.add(hex(client.publicKey()));
            forbidden.add(HexFormat.of().formatHex(Base64.getDecoder().decode(client.publicKey())));
            for (String address : List.of(client.tunnel4(), client.tunnel6())) {
                forbidden.add(hex(address));
                forbidden.add(
                        HexFormat.of().formatHex(InetAddress.getByName(address).getAddress()));
            }
        }
        // The clients' own addresses: 192.0.2.1 and so on.
        forbidden.add(hex("192.0.2."));
        forbidden.add("c00002");
        return forbidden;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] encoded(AgentEvent event) throws IOException {
        return AgentEvent.getEncoder().encode(event).array();
    }

    private void heard(AgentEvent event) {
        events.add(event);
        if (event.getBody() instanceof SessionStarted start) {
            Ipv4 v4 = new Ipv4(new byte[] {(byte) 203, 0, 113, start.getWanted().byteValue()});
            Granted granted =
                    new Granted(
                            start.getWanted(),
                            v4,
                            null,
                            Choice.WANTED,
                            Rung.REGULAR,
                            null,
                            1,
                            0,
                            false);
            answer(event, start.getSession(), granted);
        } else if (event.getBody() instanceof SessionEnded end) {
            answer(event, end.getSession(), new Released(1, ReleaseCause.ENDED, 0L, 0));
        }
    }

    private void answer(AgentEvent event, io.exitpool.schemas.SessionId session, Object outcome) {
        decisions.add(
                new Decision(
                        session,
                        decisions.size() + 1L,
                        event.getEpoch(),
                        event.getSeq(),
                        1L,
                        null,
                        outcome));
    }
}
