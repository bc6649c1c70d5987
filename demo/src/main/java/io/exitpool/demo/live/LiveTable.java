package io.exitpool.demo.live;

import io.exitpool.demo.fleet.FleetView;
import io.exitpool.demo.fleet.FleetView.ServerView;
import io.exitpool.demo.insight.InsightView;
import io.exitpool.demo.insight.InsightView.Figures;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.PoolStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The fleet as text: a table with one line per server for a terminal, or one line for a log. It
 * shows pools, statistics and alerts, never a session.
 */
public final class LiveTable {

    private static final String NAME = "%-15s ";
    private static final String NUMBERS = " %4s %4s %4s %5s | %5s %4s | %5s %4s ";
    private static final String NUMBERS_IN_ALL = format(NUMBERS, "", "", "", "", "", "", "", "");
    private static final int BESIDE_THE_BAR = 16 + NUMBERS_IN_ALL.length();
    private static final int ROOM_FOR_ALERTS = 21;
    private static final int NARROWEST_BAR = 8;
    private static final int ROOM_FOR_WORDS = 20;
    private static final int LATEST_ALERTS = 5;
    private static final String DOWN = "down";

    private final int columns;
    private final int barWidth;
    private final boolean coloured;

    /**
     * @param columns width of the terminal
     */
    public LiveTable(int columns, boolean coloured) {
        this.columns = columns;
        this.barWidth = Math.max(NARROWEST_BAR, columns - BESIDE_THE_BAR - ROOM_FOR_ALERTS);
        this.coloured = coloured;
    }

    /** The table's lines; their number depends on the number of servers only. */
    public List<String> lines(FleetView view, InsightView insight, Duration elapsed) {
        int bar = Math.min(barWidth, widestPool(view));
        List<String> lines = new ArrayList<>();
        lines.add(
                format(NAME, "server")
                        + padded("slots", bar)
                        + format(
                                NUMBERS, "used", "rest", "free", "aside", "grant", "rej", "load",
                                "need")
                        + AlertWords.clipped("alerts", alertsRoom(bar)));
        for (ServerView server : view.servers()) {
            lines.add(line(server, insight, bar));
        }
        Figures fleet = insight.fleet();
        lines.add(
                format(NAME, clock(elapsed))
                        + padded(AlertWords.clipped(view.events() + " events", bar), bar)
                        + numbers(
                                sum(view, PoolStatus::getInUse),
                                sum(view, PoolStatus::getResting),
                                sum(view, PoolStatus::getFree),
                                sum(view, PoolStatus::getSetAside),
                                total(view, ServerView::grantsPerMinute),
                                ratio(fleet),
                                load(fleet),
                                fleet.load().map(load -> "" + load.getSlotsNeeded()).orElse("-"))
                        + AlertWords.clipped(insight.open().size() + " open", alertsRoom(bar)));
        lines.add(clipped("# in use (2 to 9: shared)  - resting  . free  x set aside"));
        lines.add(clipped("grant: within a minute; rej: of first attempts within five windows;"));
        lines.add(clipped("load: erlangs; need: slots for it (! more than there are)"));
        lines.add(
                clipped(
                        format(
                                "alerts: %d opened, %d resolved so far; the latest:",
                                insight.openedCount(), insight.resolvedCount())));
        lines.addAll(latest(insight));
        return lines;
    }

    /** The whole fleet in one line. */
    public static String line(FleetView view, InsightView insight, Duration elapsed) {
        return format(
                "%s  %d slots: %d in use, %d resting, %d free, %d set aside;"
                        + " last minute: %d grants, %d rejections, %d adoptions; %d events;"
                        + " load %s; alerts: %d open, %d opened, %d resolved",
                clock(elapsed),
                sum(view, PoolStatus::getSlots),
                sum(view, PoolStatus::getInUse),
                sum(view, PoolStatus::getResting),
                sum(view, PoolStatus::getFree),
                sum(view, PoolStatus::getSetAside),
                total(view, ServerView::grantsPerMinute),
                total(view, ServerView::rejectionsPerMinute),
                total(view, ServerView::adoptionsPerMinute),
                view.events(),
                load(insight.fleet()),
                insight.open().size(),
                insight.openedCount(),
                insight.resolvedCount());
    }

    /**
     * What was told of alerts and not shown yet, for a log.
     *
     * @param shown how many records of alerts were shown before
     */
    public static List<String> alerts(InsightView insight, long shown) {
        int fresh = (int) Math.min(insight.latest().size(), insight.told() - shown);
        return insight
                .latest()
                .subList(insight.latest().size() - fresh, insight.latest().size())
                .stream()
                .map(alert -> AlertWords.line(alert, insight.sinceMillis(), Integer.MAX_VALUE))
                .toList();
    }

    private List<String> latest(InsightView insight) {
        List<String> lines = new ArrayList<>();
        int from = Math.max(0, insight.latest().size() - LATEST_ALERTS);
        for (Alert alert : insight.latest().subList(from, insight.latest().size())) {
            lines.add(AlertWords.line(alert, insight.sinceMillis(), columns));
        }
        while (lines.size() < LATEST_ALERTS) {
            lines.add("");
        }
        return lines;
    }

    private String line(ServerView server, InsightView insight, int bar) {
        String name = format(NAME, server.name());
        if (server.status().isEmpty()) {
            return name + padded("no status yet", bar);
        }
        PoolStatus status = server.status().get();
        Figures figures = insight.servers().getOrDefault(server.name(), Figures.NONE);
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
                                ratio(figures),
                                load(figures),
                                need(figures, status));
        return (row + AlertWords.of(alerts(server, insight), alertsRoom(bar))).stripTrailing();
    }

    /** That the machine or its agent is down comes first; it is no alert, but the truth. */
    private static List<String> alerts(ServerView server, InsightView insight) {
        List<String> words = new ArrayList<>();
        if (!server.reports()) {
            words.add(DOWN);
        }
        insight.open().values().stream()
                .filter(alert -> alert.getServer().equals(server.name()))
                .map(alert -> AlertWords.word(alert.getKind()))
                .forEach(words::add);
        return words;
    }

    private int alertsRoom(int bar) {
        return Math.max(0, columns - BESIDE_THE_BAR - bar);
    }

    private String clipped(String line) {
        return AlertWords.clipped(line, columns);
    }

    private static String ratio(Figures figures) {
        if (figures.rejectRatio().isEmpty()) {
            return "-";
        }
        double percent = 100 * figures.rejectRatio().getAsDouble();
        return format(percent > 0 && percent < 1 ? "%.1f%%" : "%.0f%%", percent);
    }

    private static String load(Figures figures) {
        return figures.load().map(load -> format("%.1f", load.getErlangs())).orElse("-");
    }

    private static String need(Figures figures, PoolStatus status) {
        int usable = status.getSlots() - status.getSetAside();
        return figures.load()
                .map(load -> load.getSlotsNeeded() + (load.getSlotsNeeded() > usable ? "!" : ""))
                .orElse("-");
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
