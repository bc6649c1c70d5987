package io.exitpool.demo.live;

import io.exitpool.demo.fleet.FleetView;
import io.exitpool.demo.fleet.FleetView.ServerView;
import io.exitpool.schemas.PoolStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The fleet as text: a table with one line per server for a terminal, or one line for a log. It
 * shows pools and counts, never a session.
 */
public final class LiveTable {

    private static final String NAME = "%-15s ";
    private static final String NUMBERS = " %6s %7s %5s %5s | %5s %6s %5s";
    private static final String SILENT = " silent";
    private static final int BESIDE_THE_BAR = 16 + 48 + SILENT.length();
    private static final int NARROWEST_BAR = 8;
    private static final int ROOM_FOR_WORDS = 20;

    private final int barWidth;
    private final boolean coloured;

    /**
     * @param columns width of the terminal
     */
    public LiveTable(int columns, boolean coloured) {
        this.barWidth = Math.max(NARROWEST_BAR, columns - BESIDE_THE_BAR);
        this.coloured = coloured;
    }

    /** The table's lines; their number depends on the number of servers only. */
    public List<String> lines(FleetView view, Duration elapsed) {
        int bar = Math.min(barWidth, widestPool(view));
        List<String> lines = new ArrayList<>();
        lines.add(
                format(NAME, "server")
                        + padded("slots", bar)
                        + format(
                                NUMBERS, "in use", "resting", "free", "aside", "grant", "reject",
                                "adopt"));
        for (ServerView server : view.servers()) {
            lines.add(line(server, bar));
        }
        lines.add(
                format(NAME, clock(elapsed))
                        + padded(view.events() + " events", bar)
                        + numbers(
                                sum(view, PoolStatus::getInUse),
                                sum(view, PoolStatus::getResting),
                                sum(view, PoolStatus::getFree),
                                sum(view, PoolStatus::getSetAside),
                                total(view, ServerView::grantsPerMinute),
                                total(view, ServerView::rejectionsPerMinute),
                                total(view, ServerView::adoptionsPerMinute)));
        lines.add("# in use (2 to 9: shared)  - resting  . free  x set aside");
        lines.add("grant, reject, adopt: within the last minute");
        return lines;
    }

    /** The whole fleet in one line. */
    public static String line(FleetView view, Duration elapsed) {
        return format(
                "%s  %d slots: %d in use, %d resting, %d free, %d set aside;"
                        + " last minute: %d grants, %d rejections, %d adoptions; %d events",
                clock(elapsed),
                sum(view, PoolStatus::getSlots),
                sum(view, PoolStatus::getInUse),
                sum(view, PoolStatus::getResting),
                sum(view, PoolStatus::getFree),
                sum(view, PoolStatus::getSetAside),
                total(view, ServerView::grantsPerMinute),
                total(view, ServerView::rejectionsPerMinute),
                total(view, ServerView::adoptionsPerMinute),
                view.events());
    }

    private String line(ServerView server, int bar) {
        String name = format(NAME, server.name());
        if (server.status().isEmpty()) {
            return name + padded("no status yet", bar);
        }
        PoolStatus status = server.status().get();
        String slots = status.getSlotMap() == null ? "" : SlotBar.of(status.getSlotMap(), bar);
        String row =
                name
                        + painted(slots)
                        + padded("", bar - slots.length())
                        + numbers(
                                status.getInUse(),
                                status.getResting(),
                                status.getFree(),
                                status.getSetAside(),
                                server.grantsPerMinute(),
                                server.rejectionsPerMinute(),
                                server.adoptionsPerMinute());
        return server.reports() ? row : row + SILENT;
    }

    private String painted(String slots) {
        if (!coloured) {
            return slots;
        }
        StringBuilder painted = new StringBuilder();
        Colour last = Colour.PLAIN;
        for (char slot : slots.toCharArray()) {
            Colour colour = Colour.of(slot);
            if (colour != last) {
                painted.append(colour.code());
                last = colour;
            }
            painted.append(slot);
        }
        return painted.append(Colour.PLAIN.code()).toString();
    }

    private static String numbers(Object... numbers) {
        return format(NUMBERS, numbers);
    }

    private static int widestPool(FleetView view) {
        return view.servers().stream()
                .flatMap(server -> server.status().stream())
                .mapToInt(PoolStatus::getSlots)
                .reduce(ROOM_FOR_WORDS, Math::max);
    }

    private static int sum(FleetView view, ToIntFunction<PoolStatus> number) {
        return view.servers().stream()
                .flatMap(server -> server.status().stream())
                .mapToInt(number)
                .sum();
    }

    private static int total(FleetView view, ToIntFunction<ServerView> number) {
        return view.servers().stream().mapToInt(number).sum();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String clock(Duration elapsed) {
        return format("%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
