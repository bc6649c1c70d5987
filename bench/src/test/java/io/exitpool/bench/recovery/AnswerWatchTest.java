package io.exitpool.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerWatchTest {
    private static final long KILLED_AT = 1_000;
    private static final SessionId BEFORE = session(1);
    private static final SessionId AFTER = session(2);
    private static final SessionId UNKNOWN = session(3);

    private final Map<SessionId, Long> announced = Map.of(BEFORE, 999L, AFTER, 1_001L);
    private final AnswerWatch watch =
            new AnswerWatch(
                    session -> Optional.ofNullable(announced.get(session)),
                    Set.of(3, 4),
                    KILLED_AT);

    @Test
    void shouldCountOnlySessionsAnnouncedAfterTheKillOnPartitionsThatWereLost() {
        // when
        watch.decided(3, decision(BEFORE), 2_000);
        watch.decided(4, decision(UNKNOWN), 2_000);
        watch.decided(5, decision(AFTER), 2_000);
        watch.decided(3, decision(AFTER), 3_000);

        // then
        assertThat(watch.complete()).isFalse();
        assertThat(watch.first()).isEqualTo(Duration.ofNanos(2_000));
    }

    @Test
    void shouldTellTheFirstAndTheLastOfThePartitionsFirstAnswers() {
        // when
        watch.decided(3, decision(AFTER), 3_000);
        watch.decided(4, decision(AFTER), 5_000);
        watch.decided(3, decision(AFTER), 9_000);

        // then
        assertThat(watch.complete()).isTrue();
        assertThat(watch.first()).isEqualTo(Duration.ofNanos(2_000));
        assertThat(watch.all()).isEqualTo(Duration.ofNanos(4_000));
    }

    private static Decision decision(SessionId session) {
        Decision decision = new Decision();
        decision.setSession(session);
        return decision;
    }

    private static SessionId session(int last) {
        byte[] bits = new byte[16];
        bits[15] = (byte) last;
        return new SessionId(bits);
    }
}
