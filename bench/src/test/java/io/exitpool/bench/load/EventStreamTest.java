package io.exitpool.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.bench.load.FleetShape.PoolShape;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotPart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final int EVENTS = 200_000;
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void shouldBeValidWhereverItIsRead() {
        // given what each server would know of itself
        FleetShape fleet = FleetShape.mixed(20, 1);
        EventStream stream = new EventStream(fleet, 2, CLOCK);
        List<Server> servers = fleet.pools().stream().map(Server::new).toList();

        // when, then
        for (int i = 0; i < EVENTS; i++) {
            Event event = stream.next();
            Server server = servers.get(event.server());
            assertThat(event.name()).isEqualTo(server.pool.server());
            server.hear(event);
        }
        assertThat(stream.sessions())
                .isEqualTo(servers.stream().mapToLong(server -> server.live.size()).sum());
    }

    @Test
    void shouldOpenWithEachServersFirstSnapshot() {
        FleetShape fleet = FleetShape.uniform(3, 10);
        EventStream stream = new EventStream(fleet, 3, CLOCK);
        List<Event.Kind> opening = new ArrayList<>();
        long decisions = 0;

        while (stream.opening()) {
            Event event = stream.next();
            opening.add(event.kind());
            decisions += event.decisions();
        }

        assertThat(opening)
                .containsExactly(
                        Event.Kind.SERVER_STARTED,
                        Event.Kind.SNAPSHOT,
                        Event.Kind.SERVER_STARTED,
                        Event.Kind.SNAPSHOT,
                        Event.Kind.SERVER_STARTED,
                        Event.Kind.SNAPSHOT);
        assertThat(decisions).isEqualTo(fleet.usualSessions()).isEqualTo(18);
        assertThat(stream.sessions()).isEqualTo(18);
        assertThat(stream.opening()).isFalse();
    }

    @Test
    void shouldSendALargeFirstSnapshotInParts() {
        EventStream stream = new EventStream(FleetShape.uniform(1, 65_536), 3, CLOCK);
        stream.next();
        Event first = stream.next();
        List<Event> parts = new ArrayList<>(List.of(first));
        while (stream.opening()) {
            parts.add(stream.next());
        }

        assertThat(parts).hasSize(10);
        assertThat(parts.subList(0, 9)).allMatch(part -> part.decisions() == 0);
        assertThat(parts.get(9).decisions()).isEqualTo(39_322);
    }

    @Test
    void shouldBeStartsAndEndsWithAFewSnapshotsAndDuplicates() {
        EventStream stream = new EventStream(FleetShape.mixed(50, 4), 5, CLOCK);
        Map<Event.Kind, Long> kinds = new EnumMap<>(Event.Kind.class);
        Stream.generate(stream::next)
                .limit(EVENTS)
                .forEach(event -> kinds.merge(event.kind(), 1L, Long::sum));

        assertThat(kinds.get(Event.Kind.START)).isBetween(97_000L, 99_000L);
        assertThat(kinds.get(Event.Kind.END)).isBetween(97_000L, 99_000L);
        assertThat(kinds.get(Event.Kind.SNAPSHOT)).isBetween(1_800L, 2_250L);
        assertThat(kinds.get(Event.Kind.DUPLICATE)).isBetween(1_800L, 2_200L);
    }

    @Test
    void shouldBeTheSameWithTheSameSeed() {
        EventStream one = new EventStream(FleetShape.mixed(5, 1), 9, CLOCK);
        EventStream same = new EventStream(FleetShape.mixed(5, 1), 9, CLOCK);

        for (int i = 0; i < 1_000; i++) {
            assertThat(one.next()).isEqualTo(same.next());
        }
    }

    /** What a server's events must agree with. */
    private static final class Server {
        private final PoolShape pool;
        private final Set<SessionId> live = new HashSet<>();
        private final Set<SessionId> known = new HashSet<>();
        private long seq;
        private boolean snapshotSeen;
        private SessionEvent last;

        Server(PoolShape pool) {
            this.pool = pool;
        }

        void hear(Event event) {
            if (event.kind() == Event.Kind.DUPLICATE) {
                assertThat(event.value()).isSameAs(last);
                assertThat(event.decisions()).isZero();
                return;
            }
            last = event.value();
            AgentEvent agent = (AgentEvent) event.value().getEvent();
            assertThat(agent.getSeq()).isEqualTo(++seq);
            assertThat(agent.getEpoch()).isEqualTo(CLOCK.millis() * 1_000);
            switch (event.kind()) {
                case SERVER_STARTED -> {
                    assertThat(agent.getBody()).isInstanceOf(ServerStarted.class);
                    assertThat(seq).isEqualTo(1);
                }
                case START -> start(event, (SessionStarted) agent.getBody());
                case END -> end(event, (SessionEnded) agent.getBody());
                case SNAPSHOT -> snapshot(event, (SnapshotPart) agent.getBody());
                default -> throw new AssertionError(event.kind());
            }
        }

        private void start(Event event, SessionStarted start) {
            assertThat(snapshotSeen).isTrue();
            assertThat(known.add(start.getSession())).isTrue();
            live.add(start.getSession());
            assertThat(live.size()).isLessThan(pool.slots());
            assertThat(event.decisions()).isEqualTo(1);
        }

        private void end(Event event, SessionEnded end) {
            assertThat(live.remove(end.getSession())).isTrue();
            assertThat(event.decisions()).isEqualTo(1);
        }

        private void snapshot(Event event, SnapshotPart part) {
            assertThat(part.getParts()).isEqualTo(1);
            List<SessionId> named =
                    part.getEntries().stream().map(entry -> entry.getSession()).toList();
            if (snapshotSeen) {
                assertThat(named).containsExactlyInAnyOrderElementsOf(live);
                assertThat(event.decisions()).isZero();
            } else {
                live.addAll(named);
                known.addAll(named);
                assertThat(event.decisions()).isEqualTo(pool.usualSessions());
                snapshotSeen = true;
            }
        }
    }
}
