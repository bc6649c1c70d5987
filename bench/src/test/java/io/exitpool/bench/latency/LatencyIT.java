package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The whole benchmark at a tiny size: it says nothing of speed. */
class LatencyIT {

    @ParameterizedTest
    @CsvSource({"ALLOCATION, allocation", "WITH_INSIGHT, with insight"})
    void shouldMeasureEveryVariantWithoutLosingAnEvent(String exitpool, String label)
            throws Exception {
        // given
        StringWriter out = new StringWriter();
        StringWriter text = new StringWriter();
        CommandLine command =
                new CommandLine(new LatencyCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(text));

        // when
        int code =
                command.execute(
                        "--rate=200",
                        "--seconds=2",
                        "--warm-up=1",
                        "--rounds=1",
                        "--servers=13",
                        "--variants=LOOP,FLOOR_B," + exitpool,
                        "--json");

        // then
        assertThat(code).as("%s%n%s", out, text).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("machine").path("processors").asInt()).isPositive();
        assertThat(report.path("rounds")).hasSize(3).allSatisfy(LatencyIT::isMeasured);
        assertThat(report.path("summary")).hasSize(3);
        assertThat(report.path("summary"))
                .filteredOn(row -> row.path("variant").asText().equals(label))
                .hasSize(1)
                .allSatisfy(
                        row -> {
                            assertThat(row.path("toLoop").path("p50").asDouble()).isPositive();
                            assertThat(row.path("toFloorB").path("p99").asDouble()).isPositive();
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "'--variants=ALLOCATION,WITH_INSIGHT', the same application",
        "--set=session.timeout.ms=1500, stopped while others have their turns"
    })
    void shouldRefuseWhatCannotTakeTurns(String argument, String reason) {
        StringWriter text = new StringWriter();
        CommandLine command = new CommandLine(new LatencyCommand()).setErr(new PrintWriter(text));

        int code = command.execute(argument);

        assertThat(code).isEqualTo(2);
        assertThat(text.toString()).contains(reason);
    }

    private static void isMeasured(JsonNode round) {
        JsonNode sample = round.path("sample");
        assertThat(sample.path("lost").asInt()).isZero();
        assertThat(sample.path("refused").asInt()).isZero();
        // 2 s at 200/s, less snapshots and duplicates, and what chance leaves out.
        assertThat(sample.path("waits").path("count").asInt()).isGreaterThan(300);
        assertThat(sample.path("waits").path("p50").asDouble()).isPositive();
        assertThat(sample.path("cpu").path("app").asDouble()).isPositive();
    }
}
