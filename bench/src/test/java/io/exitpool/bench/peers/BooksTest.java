package io.exitpool.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class BooksTest {

    private static final UUID ANN = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);

    private final Books books = new Books(new Fleet(2, 2, 10));

    @Test
    void shouldCountEachAnswerAsOneDecision() {
        // given
        books.answered(start(ANN), 1);
        books.answered(start(BEN), Answers.NONE);

        // when
        books.answered(end(ANN), 1);

        // then
        assertThat(books.granted()).isEqualTo(1);
        assertThat(books.rejected()).isEqualTo(1);
        assertThat(books.released()).isEqualTo(1);
        assertThat(books.decisions()).isEqualTo(3);
    }

    @Test
    void shouldGrantASlotAgainOnceItWasReleased() {
        // given
        books.answered(start(ANN), 0);
        books.answered(end(ANN), 0);

        // when
        books.answered(start(BEN), 0);

        // then
        assertThat(books.granted()).isEqualTo(2);
    }

    @Test
    void shouldRefuseASlotForTwoLiveSessions() {
        books.answered(start(ANN), 0);

        assertThatThrownBy(() -> books.answered(start(BEN), 0))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("two live sessions");
    }

    @Test
    void shouldRefuseTheReleaseOfAnothersSlot() {
        books.answered(start(ANN), 0);
        books.answered(start(BEN), 1);

        assertThatThrownBy(() -> books.answered(end(ANN), 1)).isInstanceOf(PeerException.class);
    }

    @Test
    void shouldRefuseAnEndThatFindsNothing() {
        books.answered(start(ANN), 0);

        assertThatThrownBy(() -> books.answered(end(ANN), Answers.NONE))
                .isInstanceOf(PeerException.class);
    }

    @Test
    void shouldNotAskForTheEndOfARejectedSession() {
        // given
        books.answered(start(ANN), Answers.NONE);
        books.answered(start(BEN), 0);

        // when, then
        assertThat(books.worthAsking(end(ANN))).isFalse();
        assertThat(books.worthAsking(end(BEN))).isTrue();
    }

    private static Step start(UUID session) {
        return new Step(1, session, Step.Kind.START);
    }

    private static Step end(UUID session) {
        return new Step(1, session, Step.Kind.END);
    }
}
