package io.exitpool.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.event.SessionId;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final SessionId ONE = new SessionId(1, 2);
    private static final SessionId OTHER = new SessionId(3, 4);

    @Test
    void shouldKnowWhatWasDecidedBeforeEachOffset() {
        Ledger ledger = new Ledger();
        ledger.granted(ONE);
        ledger.granted(OTHER);
        ledger.written();
        ledger.written();
        ledger.released(ONE);
        ledger.written();

        assertThat(ledger.records()).isEqualTo(3);
        assertThat(ledger.countBefore(0)).isZero();
        assertThat(ledger.sumBefore(0)).isZero();
        assertThat(ledger.countBefore(1)).isEqualTo(2);
        assertThat(ledger.countBefore(2)).isEqualTo(2);
        assertThat(ledger.countBefore(3)).isEqualTo(3);
        assertThat(ledger.sumBefore(2)).isEqualTo(Ledger.grant(3, 4) + Ledger.grant(1, 2));
        assertThat(ledger.sumBefore(3) - ledger.sumBefore(2)).isEqualTo(Ledger.release(1, 2));
    }

    @Test
    void shouldKnowThatRecordsBehindItsOwnDecideNothing() {
        Ledger ledger = new Ledger();
        ledger.granted(ONE);
        ledger.written();

        assertThat(ledger.countBefore(7)).isEqualTo(1);
    }

    @Test
    void shouldTellGrantsFromReleasesAndSessionsFromEachOther() {
        assertThat(Ledger.grant(1, 2)).isNotEqualTo(Ledger.release(1, 2));
        assertThat(Ledger.grant(1, 2)).isNotEqualTo(Ledger.grant(2, 1));
    }

    @Test
    void shouldGrow() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 10_000; i++) {
            ledger.granted(new SessionId(i, i));
            ledger.written();
        }

        assertThat(ledger.countBefore(10_000)).isEqualTo(10_000);
    }
}
