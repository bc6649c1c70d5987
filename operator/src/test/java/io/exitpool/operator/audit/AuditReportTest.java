package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.Rung;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReportTest {

    @Test
    void shouldSayInOneLineOfJsonWhatWasReadAndWhatIsWrong() throws Exception {
        // given
        Script script = overCap();
        // when
        String text = script.logs.audit().toJson();
        // then
        assertThat(text).doesNotContain("\n");
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.get("clean").asBoolean()).isFalse();
        assertThat(json.get("violationCount").asLong()).isEqualTo(1);
        assertThat(json.get("from").asText()).isEqualTo("2025-06-15T15:06:41Z");
        assertThat(json.get("servers").asInt()).isEqualTo(2);
        assertThat(json.at("/records/exit-pool-decisions").asLong()).isEqualTo(2);
        assertThat(json.at("/events/START").asLong()).isEqualTo(2);
        assertThat(json.get("grants").asLong()).isEqualTo(2);
        assertThat(json.at("/rungs/REGULAR").asLong()).isEqualTo(2);
        assertThat(json.at("/violations/OVER_CAP/count").asLong()).isEqualTo(1);
        JsonNode first = json.at("/violations/OVER_CAP/first/0");
        assertThat(first.get("topic").asText()).isEqualTo("exit-pool-decisions");
        assertThat(first.get("partition").asInt()).isZero();
        assertThat(first.get("offset").asLong()).isEqualTo(1);
        assertThat(first.get("server").asText()).isEqualTo(STO);
    }

    @Test
    void shouldTellPeopleTheOffendersAndTheVerdict() {
        String text = overCap().logs.audit().toText();
        assertThat(text.lines())
                .contains(
                        "VIOLATION  OVER_CAP 1: " + ViolationKind.OVER_CAP.meaning(),
                        "           2025-06-15T15:06:43Z  exit-pool-decisions/0@1  se-sto-wg-208"
                                + "  2 sessions on a slot for 1, rung REGULAR");
        assertThat(text).endsWith("\n1 violation\n");
        assertThat(Script.begun().logs.audit().toText()).endsWith("clean: no violation\n");
    }

    @Test
    void shouldNameOnlyTheFirstOffendersAndTellTheListenerOfAll() {
        // given
        Script script = Script.begun();
        for (int session = 1; session <= 5; session++) {
            script.at(session).grant(STO, session, placed(STO, 0, Rung.REGULAR, null, session));
        }
        List<Violation> heard = new ArrayList<>();
        Audit audit = new Audit(AuditSettings.DEFAULT.withFirstOffenders(2), heard::add);
        // when
        script.logs.feedAll(audit);
        // then
        AuditReport.Found found = audit.report().violations().get(ViolationKind.OVER_CAP);
        assertThat(found.count()).isEqualTo(4);
        assertThat(found.first()).extracting(v -> v.at().offset()).containsExactly(1L, 2L);
        assertThat(heard).hasSize(4);
    }

    @Test
    void shouldNeverShowASessionASlotOrAnAddress() {
        for (int i = 0; i < 40; i++) {
            Logs logs = FleetHistory.generate(i, 300);
            Mutation mutation = Mutation.values()[i % Mutation.values().length];
            int partition = i % 2;
            for (int index = 20; index < logs.decisions(partition).size() - 1; index++) {
                if (mutation.apply(logs, partition, index)) {
                    break;
                }
            }
            AuditReport report = logs.audit();
            for (String shown : List.of(report.toText(), report.toJson())) {
                assertThat(shown).doesNotContain("192.0.2.", "2001:db8", "5e551000");
                assertThat(shown).doesNotContainPattern("slot [0-9]");
                assertThat(shown).doesNotContainPattern("[0-9a-f]{32}");
            }
        }
    }

    private static Script overCap() {
        Script script = Script.begun();
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, placed(STO, 0, Rung.REGULAR, null, 2));
        return script;
    }
}
