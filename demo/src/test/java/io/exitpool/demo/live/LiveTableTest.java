package io.exitpool.demo.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.fleet.FleetView;
import io.exitpool.demo.fleet.FleetView.ServerView;
import io.exitpool.demo.insight.InsightView;
import io.exitpool.demo.insight.InsightView.Figures;
import io.exitpool.demo.insight.InsightView.Windows;
import io.exitpool.demo.insight.Insights;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveTableTest {

    private static final FleetView VIEW =
            new FleetView(
                    List.of(
                            new ServerView(
                                    "se-sto-wg-208",
                                    true,
                                    Optional.of(status(2, 3, 4, 1, "##-..-x.-.")),
                                    120,
                                    7,
                                    3),
                            new ServerView(
                                    "ie-dub-wg-101",
                                    false,
                                    Optional.of(status(3, 0, 0, 0, "#49")),
                                    0,
                                    0,
                                    0),
                            new ServerView("no-osl-wg-101", true, Optional.empty(), 0, 0, 0)),
                    4711);

    private static final Alert EXHAUSTED =
            Insights.alert("se-sto-wg-208", AlertKind.EXHAUSTED, AlertState.OPEN);

    private static final Alert SILENT =
            Insights.alert("ie-dub-wg-101", AlertKind.SERVER_SILENT, AlertState.OPEN);

    private static final Alert OVER =
            Insights.alert("no-osl-wg-101", AlertKind.EXHAUSTED, AlertState.RESOLVED);

    private static final InsightView INSIGHT =
            new InsightView(
                    0,
                    Map.of(
                            "se-sto-wg-208",
                            new Figures(
                                    OptionalDouble.of(0.123), Optional.of(Insights.load(9.5, 26)))),
                    new Figures(OptionalDouble.of(0.005), Optional.of(Insights.load(123.45, 200))),
                    new Windows(60, 1, 50, 2, 0, 0),
                    Map.of(AlertKind.EXHAUSTED, 2L, AlertKind.SERVER_SILENT, 1L),
                    Map.of(AlertKind.EXHAUSTED, 1L),
                    Map.of(
                            "se-sto-wg-208/EXHAUSTED",
                            EXHAUSTED,
                            "ie-dub-wg-101/SERVER_SILENT",
                            SILENT),
                    3,
                    List.of(EXHAUSTED, OVER, SILENT));

    @Test
    void shouldShowEachServersPoolAsABar() {
        // given
        LiveTable table = new LiveTable(120, false);

        // when
        List<String> lines = table.lines(VIEW, INSIGHT, Duration.ofSeconds(95));

        // then
        assertThat(lines)
                .containsExactly(
                        "server          slots                used rest free aside | grant  rej |"
                                + "  load need alerts",
                        "se-sto-wg-208   ##-..-x.-.              2    3    4     1 |   120  12% |"
                                + "   9.5  26! EXHAUSTED",
                        "ie-dub-wg-101   #49                     3    0    0     0 |     0    - |"
                                + "     -    - down SILENT",
                        "no-osl-wg-101   no status yet       ",
                        "1:35            4711 events             5    3    4     1 |   120 0.5% |"
                                + " 123.5  200 2 open",
                        "# in use (2 to 9: shared)  - resting  . free  x set aside",
                        "grant: within a minute; rej: of first attempts within five windows;",
                        "load: erlangs; need: slots for it (! more than there are)",
                        "alerts: 3 opened, 1 resolved so far; the latest:",
                        "1:23 se-sto-wg-208   EXHAUSTED       OPEN     Starts are rejected.",
                        "1:30 no-osl-wg-101   EXHAUSTED       RESOLVED Starts are rejected.",
                        "1:23 ie-dub-wg-101   SERVER_SILENT   OPEN     Starts are rejected.",
                        "",
                        "");
    }

    @Test
    void shouldShortenAlertsWhereThereIsNoRoom() {
        assertThat(AlertWords.of(List.of("down", "EXHAUSTED", "NEAR"), 20))
                .isEqualTo("down EXHAUSTED NEAR");
        assertThat(AlertWords.of(List.of("down", "EXHAUSTED", "NEAR"), 15))
                .isEqualTo("dow EXH NEA");
        assertThat(AlertWords.of(List.of("down", "EXHAUSTED", "NEAR"), 8)).isEqualTo("dow EXH ");
    }

    @Test
    void shouldNameTheStormAndThatItsCauseBecameKnown() {
        // given
        Alert told = Insights.alert("us-lax-wg-002", AlertKind.SERVER_SILENT, AlertState.OPEN);
        Alert again =
                Alert.newBuilder(told)
                        .setRevision(1)
                        .setAffected(List.of("us-dal-wg-701/TIME_TO_FULL"))
                        .build();

        // when, then
        assertThat(AlertWords.line(again, 80_000, 85))
                .isEqualTo(
                        "0:03 us-lax-wg-002   SERVER_SILENT   CAUSE    [us-dal-wg-701/TIME_TO_FULL]"
                                + " Starts are");
    }

    @Test
    void shouldTellALogOnlyWhatIsNew() {
        assertThat(LiveTable.alerts(INSIGHT, 0)).hasSize(3);
        assertThat(LiveTable.alerts(INSIGHT, 2))
                .containsExactly(
                        "1:23 ie-dub-wg-101   SERVER_SILENT   OPEN     Starts are rejected.");
        assertThat(LiveTable.alerts(INSIGHT, 3)).isEmpty();
    }

    @Test
    void shouldShowSeveralSlotsAsOneWhereThereIsNoRoom() {
        // given
        ByteBuffer slotMap = slotMap("##-..-x.-.");

        // when, then
        assertThat(SlotBar.of(slotMap, 10)).isEqualTo("##-..-x.-.");
        assertThat(SlotBar.of(slotMap, 9)).isEqualTo("#--x-");
        assertThat(SlotBar.of(slotMap, 4)).isEqualTo("#.x.");
        assertThat(SlotBar.of(slotMap, 1)).isEqualTo(".");
    }

    @Test
    void shouldFitIntoANarrowTerminal() {
        // given
        LiveTable table = new LiveTable(80, false);

        // when, then: a line that wraps would spoil the next picture
        assertThat(table.lines(VIEW, INSIGHT, Duration.ZERO))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void shouldShowTheFleetInOneLine() {
        // when
        String line = LiveTable.line(VIEW, INSIGHT, Duration.ofSeconds(3));

        // then
        assertThat(line)
                .isEqualTo(
                        "0:03  13 slots: 5 in use, 3 resting, 4 free, 1 set aside; last minute: 120"
                            + " grants, 7 rejections, 3 adoptions; 4711 events; load 123.5; alerts:"
                            + " 2 open, 3 opened, 1 resolved");
    }

    @Test
    void shouldColourTheBarAndNothingElse() {
        // given
        LiveTable coloured = new LiveTable(120, true);
        LiveTable plain = new LiveTable(120, false);

        // when
        List<String> lines = coloured.lines(VIEW, INSIGHT, Duration.ZERO);

        // then
        assertThat(lines.get(1))
                .startsWith(
                        "se-sto-wg-208   \u001b[0;32m##\u001b[0;34m-\u001b[0;2m..\u001b[0;34m-"
                                + "\u001b[0;31mx\u001b[0;2m.\u001b[0;34m-\u001b[0;2m.\u001b[0m  ");
        assertThat(lines.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(plain.lines(VIEW, INSIGHT, Duration.ZERO));
    }

    @Test
    void shouldDrawOverWhatWasDrawnBefore() {
        // given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        // when
        screen.draw(List.of("one", "two"));
        screen.draw(List.of("three", "four"));

        // then
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\rone\u001b[K\n\rtwo\u001b[K\n"
                                + "\u001b[2A\rthree\u001b[K\n\rfour\u001b[K\n");
    }

    private static PoolStatus status(int inUse, int resting, int free, int setAside, String slots) {
        return PoolStatus.newBuilder()
                .setWatermark(0)
                .setDecisions(0)
                .setSilentMillis(0)
                .setSynced(true)
                .setSlots(inUse + resting + free + setAside)
                .setInUse(inUse)
                .setResting(resting)
                .setFree(free)
                .setSetAside(setAside)
                .setSessions(inUse)
                .setLoads(List.of())
                .setCap(1)
                .setMinRestMillis(0)
                .setTargetBlocking(0.001)
                .setSlotMap(slotMap(slots))
                .setCounters(PoolCounters.newBuilder().build())
                .build();
    }

    private static ByteBuffer slotMap(String slots) {
        ByteBuffer map = ByteBuffer.allocate(slots.length());
        for (char slot : slots.toCharArray()) {
            int state = ".-#x".indexOf(slot);
            int load = state == 2 ? 1 : 0;
            map.put((byte) (state >= 0 ? state << 6 | load : 2 << 6 | slot - '0'));
        }
        return map.flip();
    }
}
