package io.exitpool.demo.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.fleet.FleetView;
import io.exitpool.demo.fleet.FleetView.ServerView;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    @Test
    void shouldShowEachServersPoolAsABar() {
        // given
        LiveTable table = new LiveTable(120, false);

        // when
        List<String> lines = table.lines(VIEW, Duration.ofSeconds(75));

        // then
        assertThat(lines)
                .containsExactly(
                        "server          slots                in use resting  free aside |"
                                + " grant reject adopt",
                        "se-sto-wg-208   ##-..-x.-.                2       3     4     1 |"
                                + "   120      7     3",
                        "ie-dub-wg-101   #49                       3       0     0     0 |"
                                + "     0      0     0 silent",
                        "no-osl-wg-101   no status yet       ",
                        "1:15            4711 events               5       3     4     1 |"
                                + "   120      7     3",
                        "# in use (2 to 9: shared)  - resting  . free  x set aside",
                        "grant, reject, adopt: within the last minute");
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
        assertThat(table.lines(VIEW, Duration.ZERO))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void shouldShowTheFleetInOneLine() {
        // when
        String line = LiveTable.line(VIEW, Duration.ofSeconds(3));

        // then
        assertThat(line)
                .isEqualTo(
                        "0:03  13 slots: 5 in use, 3 resting, 4 free, 1 set aside; last minute:"
                                + " 120 grants, 7 rejections, 3 adoptions; 4711 events");
    }

    @Test
    void shouldColourTheBarAndNothingElse() {
        // given
        LiveTable coloured = new LiveTable(120, true);
        LiveTable plain = new LiveTable(120, false);

        // when
        List<String> lines = coloured.lines(VIEW, Duration.ZERO);

        // then
        assertThat(lines.get(1))
                .startsWith(
                        "se-sto-wg-208   \u001b[0;32m##\u001b[0;34m-\u001b[0;2m..\u001b[0;34m-"
                                + "\u001b[0;31mx\u001b[0;2m.\u001b[0;34m-\u001b[0;2m.\u001b[0m  ");
        assertThat(lines.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(plain.lines(VIEW, Duration.ZERO));
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
                .setSynced(true)
                .setSlots(inUse + resting + free + setAside)
                .setInUse(inUse)
                .setResting(resting)
                .setFree(free)
                .setSetAside(setAside)
                .setSessions(inUse)
                .setCap(1)
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
