package io.exitpool.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExplainItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("--erlangs", "--rate", "--hold", "--min-rest", "--cap", "--target")
                .contains("--sizes", "--from-topics", "--json", "Exit codes:")
                .contains("An erlang is one place that is taken all the time")
                .contains("Rest is load")
                .contains("Erlang B")
                .contains("0.1%")
                .doesNotContain("%%");
    }

    @Test
    void shouldSizeALoad() {
        assertThat(run("--erlangs", "25", "--target", "0.1%")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "offered load    25.00 erlangs",
                        "target          0.1% of starts may be rejected",
                        "places needed   41",
                        "slots needed    41 of one session each",
                        "they reject     0.086% of starts; one slot less would reject 0.141%",
                        "they carry      25.24 erlangs at the target; this load is 61% of their"
                                + " places");
    }

    @Test
    void shouldTakeTheUsualTargetWhenNoneIsGiven() {
        assertThat(run("--erlangs", "25")).isZero();
        assertThat(out.toString()).contains("target          0.1%");
    }

    @Test
    void shouldCountTheRestAsLoad() throws Exception {
        assertThat(run("--rate", "12/min", "--hold", "90m", "--min-rest", "10m", "--json"))
                .isZero();
        JsonNode json = json();
        assertThat(json.get("erlangs").asDouble()).isCloseTo(1200, within(1e-9));
        assertThat(json.get("arrivalsPerMinute").asDouble()).isCloseTo(12, within(1e-12));
        assertThat(json.get("bound").asText()).isEqualTo("EXACT");
        assertThat(json.has("ifNoSlotEverEmptied")).isFalse();
        assertThat(json.get("blocking").asDouble()).isLessThanOrEqualTo(0.001);
        assertThat(json.get("blockingWithOneSlotLess").asDouble()).isGreaterThan(0.001);
    }

    @Test
    void shouldPlanForTheWorstCaseWhenSlotsAreShared() throws Exception {
        String[] asked = {"--rate", "12/min", "--hold", "90m", "--min-rest", "10m", "--cap", "4"};

        assertThat(run(asked)).isZero();
        assertThat(out.toString())
                .contains("starts          12/min, held 1h30m, rest 10m")
                .contains("offered load    1560.0 erlangs (worst case)")
                .contains("every release is taken to empty its slot")
                .contains("1080.0 erlangs");

        out.getBuffer().setLength(0);
        assertThat(run(with(asked, "--json"))).isZero();
        JsonNode json = json();
        assertThat(json.get("bound").asText()).isEqualTo("WORST_CASE");
        assertThat(json.get("erlangs").asDouble()).isCloseTo(1560, within(1e-9));
        assertThat(json.at("/ifNoSlotEverEmptied/erlangs").asDouble())
                .isCloseTo(1080, within(1e-9));
        long places = json.get("placesNeeded").asLong();
        assertThat(json.get("slotsNeeded").asLong()).isEqualTo((places + 3) / 4);
    }

    @Test
    void shouldNeedNoBoundWithoutARest() {
        assertThat(run("--rate", "2/s", "--hold", "10m", "--cap", "4")).isZero();
        assertThat(out.toString())
                .contains("offered load    1200.0 erlangs\n")
                .doesNotContain("worst case");
    }

    /** The published table, and the utilisation beside it at 1 %. */
    @ParameterizedTest
    @CsvSource({
        "8, 2.05, 3.13, 4.54, 39",
        "11, 3.65, 5.16, 7.08, 47",
        "13, 4.83, 6.61, 8.83, 51",
        "30, 16.7, 20.3, 24.8, 68",
        "31, 17.4, 21.2, 25.8, 68",
        "59, 40.0, 46.0, 53.6, 78",
        "60, 40.8, 47.0, 54.6, 78",
        "66, 45.8, 52.4, 60.6, 79",
        "91, 67.4, 75.6, 86.0, 83",
        "200, 165.6, 179.7, 198.5, 90"
    })
    void shouldPrintThePublishedTable(
            String size, double tenth, double one, double five, String utilisation) {
        assertThat(run("--sizes", size)).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches(" +slots +at 0.1% +at 1% +at 5%");
        String[] cells = lines.get(1).trim().split(" +");
        assertThat(cells).hasSize(7);
        assertThat(cells[0]).isEqualTo(size);
        assertThat(Double.parseDouble(cells[1])).isCloseTo(tenth, within(0.051));
        assertThat(Double.parseDouble(cells[3])).isCloseTo(one, within(0.051));
        assertThat(cells[4]).isEqualTo("(" + utilisation + "%)");
        assertThat(Double.parseDouble(cells[5])).isCloseTo(five, within(0.051));
    }

    @Test
    void shouldPrintARowForEachSizeAndAColumnForTheTarget() throws Exception {
        assertThat(run("--sizes", "8,30,60,200", "--target", "2%", "--cap", "2")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches(" +slots +places +at 0.1% +at 1% +at 2% +at 5%");
        assertThat(lines.get(4)).matches(" +200 +400 .*");
        assertThat(lines.get(5)).isEmpty();

        out.getBuffer().setLength(0);
        assertThat(run("--sizes", "8,30", "--json")).isZero();
        JsonNode json = json();
        assertThat(json).hasSize(2);
        assertThat(json.at("/1/carries/1/target").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/1/carries/1/carriedErlangs").asDouble())
                .isCloseTo(20.34, within(0.01));
    }

    @Test
    void shouldSayWhenNoPoolIsLargeEnough() {
        assertThat(run("--erlangs", "1e5")).isZero();
        assertThat(out.toString())
                .contains("A pool has at most 65536 slots: divide the load over 2 servers.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--erlangs 25 --target 0% | the target is above 0% and below 100%",
                "--erlangs 25 --target 100% | the target is above 0% and below 100%",
                "--erlangs 25 --target -1 | the target is above 0% and below 100%",
                "--erlangs 25 --target some | 'some' is not a share such as 0.1% or 0.001",
                "--erlangs 0 | a load is above 0, not 0",
                "--erlangs -3 | a load is above 0, not -3",
                "--erlangs NaN | a load is above 0, not NaN",
                "--erlangs many | 'many' is not a number such as 25",
                "--erlangs 1e12 | more than the largest pool has places",
                "--rate 12 --hold 9m | the unit is s, min, h or d",
                "--rate 0/min --hold 9m | give a rate above 0",
                "--rate 12/min | --rate needs --hold",
                "--rate 12/min --hold 0s | --hold is above 0s",
                "--rate 12/min --hold -9m | '-9m' is not a duration such as 90s, 10m or 1h30m",
                "--rate 99999999/s --hold 9d | divide it over servers",
                "--rate 12/min --hold 9m --min-rest 25h | --min-rest is 0s to 1d",
                "--rate 12/min --hold 9m --cap 0 | --cap is 1 to 1024 sessions, not 0",
                "--rate 12/min --hold 9m --cap 1025 | --cap is 1 to 1024 sessions, not 1025",
                "--erlangs 25 --hold 9m | --hold and --min-rest belong to --rate",
                "--erlangs 25 --sizes 8 | One at a time",
                "--target 1% | Say what to plan for",
                "--from-topics --cap 4 | leave --cap out",
                "--sizes 8,0 | --sizes are 1 to 65536 slots, not 0",
                "--sizes 8,x | 'x' is not an int"
            },
            quoteCharacter = '"')
    void shouldSayWhatIsWrongAndWhatToDo(String arguments, String sentence) {
        assertThat(run(arguments.trim().split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(sentence);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    private static String[] with(String[] arguments, String more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = more;
        return all;
    }

    private int run(String... arguments) {
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
