package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.bench.latency.Question.Kind;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final long MILLI = 1_000_000;
    private static final Question START = new Question(1, 2, Kind.START);
    private static final Question END = new Question(1, 2, Kind.END);
    private static final Question OTHER = new Question(1, 3, Kind.START);

    private final Recorder recorder = new Recorder();

    @Test
    void shouldCountFromTheMomentAtWhichAnEventWasDue() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);

        // when
        recorder.answered(new Answer(START, false), 14 * MILLI);

        // then
        assertThat(recorder.micros().getTotalCount()).isOne();
        assertThat(recorder.micros().getMaxValue()).isBetween(4_000L, 4_003L);
        assertThat(recorder.unanswered()).isZero();
    }

    @Test
    void shouldTellTheStartOfASessionFromItsEnd() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);
        recorder.asked(END, 20 * MILLI);

        // when
        recorder.answered(new Answer(END, false), 30 * MILLI);

        // then
        assertThat(recorder.unanswered()).isOne();
        assertThat(recorder.micros().getMaxValue()).isBetween(10_000L, 10_007L);
    }

    @Test
    void shouldMeasureOnlyWhatWasDueInTheWindow() {
        // given
        recorder.measure(10 * MILLI, 20 * MILLI);
        recorder.asked(START, 9 * MILLI);
        recorder.asked(OTHER, 10 * MILLI);
        recorder.asked(END, 20 * MILLI);

        // when
        recorder.answered(new Answer(START, false), 15 * MILLI);
        recorder.answered(new Answer(OTHER, false), 15 * MILLI);
        recorder.answered(new Answer(END, false), 25 * MILLI);

        // then
        assertThat(recorder.micros().getTotalCount()).isOne();
        assertThat(recorder.unanswered()).isZero();
    }

    @Test
    void shouldMissWhatIsNotAnsweredWhetherMeasuredOrNot() {
        // given
        recorder.measure(10 * MILLI, 20 * MILLI);

        // when
        recorder.asked(START, 9 * MILLI);

        // then
        assertThat(recorder.unanswered()).isOne();
    }

    @Test
    void shouldPassOverAnAnswerThatIsToldAgain() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);

        // when
        recorder.answered(new Answer(START, false), 14 * MILLI);
        recorder.answered(new Answer(START, false), 18 * MILLI);

        // then
        assertThat(recorder.micros().getTotalCount()).isOne();
    }

    @Test
    void shouldNotWaitForTheEndOfARejectedStart() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);
        recorder.answered(new Answer(START, true), 14 * MILLI);

        // when
        recorder.asked(END, 20 * MILLI);

        // then
        assertThat(recorder.unanswered()).isZero();
        assertThat(recorder.refused()).isOne();
    }

    @Test
    void shouldNotWaitForTheEndOfAStartThatIsRejectedLater() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);
        recorder.asked(END, 20 * MILLI);

        // when
        recorder.answered(new Answer(START, true), 24 * MILLI);

        // then
        assertThat(recorder.unanswered()).isZero();
    }

    @Test
    void shouldAddStretchesUp() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);
        recorder.answered(new Answer(START, false), 14 * MILLI);

        // when
        recorder.measure(200 * MILLI, 300 * MILLI);
        recorder.asked(OTHER, 210 * MILLI);
        recorder.answered(new Answer(OTHER, false), 212 * MILLI);

        // then
        assertThat(recorder.micros().getTotalCount()).isEqualTo(2);
    }

    @Test
    void shouldBeginAnew() {
        // given
        recorder.measure(0, 100 * MILLI);
        recorder.asked(START, 10 * MILLI);
        recorder.answered(new Answer(START, true), 14 * MILLI);
        recorder.asked(OTHER, 10 * MILLI);

        // when
        recorder.reset();
        recorder.measure(200 * MILLI, 300 * MILLI);

        // then
        assertThat(recorder.micros().getTotalCount()).isZero();
        assertThat(recorder.unanswered()).isZero();
        assertThat(recorder.refused()).isZero();
    }

    @Test
    void shouldNotPrintASession() {
        assertThat(START).hasToString("Question[START]");
    }
}
