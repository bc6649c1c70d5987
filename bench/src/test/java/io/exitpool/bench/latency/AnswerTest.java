package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.bench.latency.Question.Kind;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final long HIGH = 17;
    private static final long LOW = -4;

    @Test
    void shouldAnswerTheStartWithAGrant() {
        // given
        Granted granted =
                new Granted(3, null, null, Choice.PLACED, Rung.REGULAR, null, 1, 0, false);

        // then
        assertThat(Answer.of(decision(granted)))
                .isEqualTo(new Answer(new Question(HIGH, LOW, Kind.START), false));
    }

    @Test
    void shouldAnswerTheStartWithARejection() {
        // given
        Rejected rejected = new Rejected(RejectCause.EXHAUSTED, 1_000L, 0);

        // then
        assertThat(Answer.of(decision(rejected)))
                .isEqualTo(new Answer(new Question(HIGH, LOW, Kind.START), true));
    }

    @Test
    void shouldAnswerTheEndWithARelease() {
        // given
        Released released = new Released(3, ReleaseCause.ENDED, 1_700_000_000L, 0);

        // then
        assertThat(Answer.of(decision(released)))
                .isEqualTo(new Answer(new Question(HIGH, LOW, Kind.END), false));
    }

    @Test
    void shouldBeOfTheSessionThatTheEventNames() {
        // given: a session as the load knows it
        io.exitpool.core.event.SessionId session = new io.exitpool.core.event.SessionId(HIGH, LOW);

        // then
        assertThat(Question.of(session, Kind.END)).isEqualTo(new Question(HIGH, LOW, Kind.END));
    }

    private static Decision decision(Object outcome) {
        byte[] session = ByteBuffer.allocate(16).putLong(HIGH).putLong(LOW).array();
        return new Decision(new SessionId(session), 1L, 1L, 1L, 1L, 5L, outcome);
    }
}
