package io.exitpool.demo.insight;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.OfferedLoad;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What statistics and alerts said of the fleet up to a moment: immutable, and without anything
 * about a session.
 *
 * @param sinceMillis when the run began, in milliseconds since 1970
 * @param servers by name
 * @param fleet all servers as one
 * @param windows how many came since the run began
 * @param opened alerts since the run began, by kind; telling one again does not count
 * @param resolved alerts since the run began, by kind
 * @param open alerts, by SERVER/KIND
 * @param told how many records of alerts came since the run began
 * @param latest the last of these, the latest at the end
 */
public record InsightView(
        long sinceMillis,
        Map<String, Figures> servers,
        Figures fleet,
        Windows windows,
        Map<AlertKind, Long> opened,
        Map<AlertKind, Long> resolved,
        Map<String, Alert> open,
        long told,
        List<Alert> latest) {

    /**
     * How a server or the fleet is loaded.
     *
     * @param rejectRatio share of the first attempts of the last five minutes that got no address
     * @param load of the sliding hour, while enough is known of it
     */
    public record Figures(OptionalDouble rejectRatio, Optional<OfferedLoad> load) {

        /** Nothing is known yet. */
        public static final Figures NONE = new Figures(OptionalDouble.empty(), Optional.empty());
    }

    /**
     * Windows by what they are of.
     *
     * @param incomplete of the servers'
     * @param lostDecisions that the servers' lack
     */
    public record Windows(
            long minutes,
            long hours,
            long fleetMinutes,
            long fleetHours,
            long incomplete,
            long lostDecisions) {

        static final Windows NONE = new Windows(0, 0, 0, 0, 0, 0);

        Windows plus(Windows more) {
            return new Windows(
                    minutes + more.minutes,
                    hours + more.hours,
                    fleetMinutes + more.fleetMinutes,
                    fleetHours + more.fleetHours,
                    incomplete + more.incomplete,
                    lostDecisions + more.lostDecisions);
        }
    }

    public InsightView {
        servers = Collections.unmodifiableMap(new TreeMap<>(servers));
        opened = counts(opened);
        resolved = counts(resolved);
        open = Collections.unmodifiableMap(new TreeMap<>(open));
        latest = List.copyOf(latest);
    }

    /** Before anything was read. */
    public static InsightView none(long sinceMillis) {
        return new InsightView(
                sinceMillis,
                Map.of(),
                Figures.NONE,
                Windows.NONE,
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                List.of());
    }

    /** How many alerts opened since the run began. */
    public long openedCount() {
        return opened.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many were resolved. */
    public long resolvedCount() {
        return resolved.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<AlertKind, Long> counts(Map<AlertKind, Long> counts) {
        Map<AlertKind, Long> copy = new EnumMap<>(AlertKind.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }
}
