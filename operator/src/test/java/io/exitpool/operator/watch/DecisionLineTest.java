package io.exitpool.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionLineTest {
    private static final long TIME = 1_750_000_000_250L;
    private static final String SESSION = "00112233445566778899aabbccddeeff";
    private static final Granted GRANTED =
            new Granted(
                    7,
                    new Ipv4(HexFormat.of().parseHex("c0000211")),
                    new Ipv6(HexFormat.of().parseHex("20010db8000000000000000000000009")),
                    Choice.WANTED,
                    Rung.REGULAR,
                    61_000L,
                    1,
                    2,
                    false);

    @Test
    void shouldShowAGrant() {
        assertThat(line(GRANTED, false).text())
                .isEqualTo(
                        "2025-06-15T15:06:40.250Z se-sto-wg-208 GRANTED attempt=2 choice=WANTED"
                                + " gapMillis=61000 load=1 rung=REGULAR slot=7");
        assertThat(line(GRANTED, false).json())
                .isEqualTo(
                        "{\"time\":\"2025-06-15T15:06:40.250Z\",\"server\":\"se-sto-wg-208\","
                                + "\"attempt\":2,\"choice\":\"WANTED\",\"gapMillis\":61000,"
                                + "\"load\":1,\"outcome\":\"GRANTED\",\"rung\":\"REGULAR\","
                                + "\"slot\":7}");
    }

    @Test
    void shouldShowARejectionAndARelease() {
        assertThat(line(new Rejected(RejectCause.EXHAUSTED, 9_000L, 0), false).text())
                .endsWith("REJECTED attempt=0 cause=EXHAUSTED retryAfterMillis=9000");
        assertThat(line(new Released(7, ReleaseCause.VANISHED, 1L, 0), false).text())
                .endsWith("RELEASED cause=VANISHED load=0 slot=7");
    }

    @Test
    void shouldNeverShowASessionBesideASlotOrAnAddressUnlessAskedTo() {
        List<Object> outcomes =
                List.of(
                        GRANTED,
                        new Rejected(RejectCause.EXHAUSTED, 9_000L, 0),
                        new Released(7, ReleaseCause.VANISHED, 1L, 0));
        for (Object outcome : outcomes) {
            for (String shown : List.of(line(outcome, false).text(), line(outcome, false).json())) {
                assertThat(shown).doesNotContain(SESSION, "192.0.2.17", "2001:db8");
            }
            assertThat(line(outcome, true).text()).contains("session=" + SESSION);
        }
        assertThat(line(GRANTED, true).text())
                .contains("v4=192.0.2.17", "v6=2001:db8:0:0:0:0:0:9", "slot=7");
        assertThat(line(GRANTED, true).json()).contains("\"v4\":\"192.0.2.17\"");
    }

    private static DecisionLine line(Object outcome, boolean leases) {
        Decision decision =
                new Decision(
                        new SessionId(HexFormat.of().parseHex(SESSION)),
                        9L,
                        1L,
                        2L,
                        3L,
                        4L,
                        outcome);
        return new DecisionLine("se-sto-wg-208", TIME, decision, leases);
    }
}
