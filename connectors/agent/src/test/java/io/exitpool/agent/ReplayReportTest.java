package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.agent.protocol.AgentCounters;
import io.exitpool.agent.wireguard.DownReason;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayReportTest {
    private static final ReplaySession ENDED =
            new ReplaySession(
                    1,
                    6,
                    OptionalLong.of(187),
                    Optional.of(DownReason.SILENT),
                    Optional.of(
                            new ReplaySession.Lease(
                                    3,
                                    Optional.of("203.0.113.7"),
                                    Optional.of("2001:db8:5::7"),
                                    Choice.PLACED,
                                    Rung.REST_SHORTENED)),
                    Optional.of(RejectCause.NOT_SYNCED));
    private static final ReplaySession REJECTED =
            new ReplaySession(
                    4,
                    383,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(RejectCause.EXHAUSTED));

    @Test
    void shouldPrintATableForPeople() {
        assertThat(ReplayReport.text(result(0)))
                .isEqualToNormalizingNewlines(
                        """
                        peer     from       to  why it ended    IPv4             IPv6                      how
                           1     0:06     3:07  silent          203.0.113.7      2001:db8:5::7             rejected: not synced, then placed, rest shortened
                           4     6:23           lives           -                -                         rejected: exhausted

                        se-sto-wg-208: 2 sessions in 8:40 of capture; 1 grant, 2 rejections, 1 release
                        """);
    }

    @Test
    void shouldPrintAnObjectForPrograms() {
        assertThat(ReplayReport.json(result(0)))
                .startsWith(
                        "{\"server\":\"se-sto-wg-208\",\"seconds\":520,\"sessions\":[{\"peer\":1,"
                                + "\"start\":6,\"end\":187,\"reason\":\"SILENT\",\"slot\":3,"
                                + "\"v4\":\"203.0.113.7\",\"v6\":\"2001:db8:5::7\","
                                + "\"choice\":\"PLACED\",\"rung\":\"REST_SHORTENED\","
                                + "\"rejection\":\"NOT_SYNCED\"},{\"peer\":4,\"start\":383,"
                                + "\"end\":null,\"reason\":null,\"slot\":null")
                .endsWith("\"unanswered\":0,\"undelivered\":0,\"complete\":true}");
    }

    @Test
    void shouldSayWhatToDoWhenAnswersAreMissing() {
        ReplayResult result = result(2);

        assertThat(result.complete()).isFalse();
        assertThat(ReplayReport.text(result))
                .contains("2 events without an answer", "./exitpool run", "./exitpool pools list");
    }

    @Test
    void shouldWriteIpv6AddressesShort() {
        byte[] bytes = ByteBuffer.allocate(16).putInt(0x20010db8).put(15, (byte) 0x1a).array();

        assertThat(SessionLog.text(new Ipv6(bytes))).isEqualTo("2001:db8::1a");
    }

    private static ReplayResult result(int unanswered) {
        AgentCounters counters =
                new AgentCounters(
                        2,
                        1,
                        1,
                        18,
                        1,
                        0,
                        0,
                        0,
                        0,
                        Map.of(Rung.REST_SHORTENED, 1L),
                        Map.of(RejectCause.EXHAUSTED, 1L, RejectCause.NOT_SYNCED, 1L),
                        Map.of(ReleaseCause.ENDED, 1L));
        return new ReplayResult(
                "se-sto-wg-208",
                520,
                List.of(ENDED, REJECTED),
                counters,
                unanswered,
                0,
                OptionalLong.empty());
    }
}
