package io.exitpool.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an event cannot be. */
class EventTest {
    private static final SessionId SESSION = new SessionId(1, 2);

    @Test
    void shouldTellTheFourKindsApart() {
        // given
        List<String> heard = new ArrayList<>();
        EventBody.Cases cases =
                new EventBody.Cases() {
                    @Override
                    public void started(SessionStarted start) {
                        heard.add("started " + start.attempt());
                    }

                    @Override
                    public void ended(SessionEnded end) {
                        heard.add("ended " + end.session());
                    }

                    @Override
                    public void snapshotPart(SnapshotPart part) {
                        heard.add("part " + part.part());
                    }

                    @Override
                    public void serverStarted() {
                        heard.add("server");
                    }
                };
        // when
        start(4).match(cases);
        new SessionEnded(SESSION).match(cases);
        new SnapshotPart(1, 2, 3, List.of()).match(cases);
        new ServerStarted().match(cases);
        // then
        assertThat(heard)
                .containsExactly(
                        "started 4", "ended 00000000000000010000000000000002", "part 2", "server");
    }

    @Test
    void shouldRefuseNumbersThatNoAgentSends() {
        refused("epoch is not above 0", () -> new AgentEvent(0, 1, 0, new ServerStarted()));
        refused("seq is not above 0", () -> new AgentEvent(1, 0, 0, new ServerStarted()));
        refused("attempt is below 0", () -> start(-1));
    }

    @Test
    void shouldRefuseImpossibleParts() {
        refused("parts is not 1 to 1024", () -> new SnapshotPart(1, 0, 0, List.of()));
        refused("parts is not 1 to 1024", () -> new SnapshotPart(1, 0, 1_025, List.of()));
        refused("part is not 0 to parts - 1", () -> new SnapshotPart(1, -1, 2, List.of()));
        refused("part is not 0 to parts - 1", () -> new SnapshotPart(1, 2, 2, List.of()));
        refused(
                "more than 4096 entries in a part",
                () ->
                        new SnapshotPart(
                                1,
                                0,
                                1,
                                Collections.nCopies(
                                        4_097,
                                        new SnapshotEntry(
                                                SESSION,
                                                OptionalInt.empty(),
                                                OptionalInt.empty()))));
    }

    private static SessionStarted start(int attempt) {
        return new SessionStarted(SESSION, OptionalInt.empty(), OptionalInt.empty(), attempt);
    }

    private static void refused(String why, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
