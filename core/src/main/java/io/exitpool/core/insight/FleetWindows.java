package io.exitpool.core.insight;

import io.exitpool.core.insight.FleetSeries.Closed;
import io.exitpool.core.stats.GroupStats;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The windows of the fleet, its countries and its cities, merged from the servers' final ones. One
 * task owns it; it is not thread-safe.
 *
 * <p>A window closes for all groups at once: when the statistics of every server are in that was
 * known before its end, or when the fleet's time is so far past its end that the rest is called
 * missing. Each closes once; statistics that come later are counted and left out.
 */
public final class FleetWindows {
    private final StatsSettings settings;
    private final FleetSink sink;
    private final Map<String, KnownServer> known = new TreeMap<>();
    private final FleetSeries minutes = new FleetSeries(known);
    private final FleetSeries hours = new FleetSeries(known);

    /** None before the first server is known. */
    private Optional<FleetTime> time = Optional.empty();

    private long late;

    public FleetWindows(StatsSettings settings, FleetSink sink) {
        this.settings = settings;
        this.sink = sink;
    }

    /** Puts the fleet's windows together from what was kept. */
    public static Loader load(StatsSettings settings, FleetSink sink) {
        return new Loader(new FleetWindows(settings, sink));
    }

    public void onKnown(Signal.Known signal) {
        KnownServer before = known.get(signal.server());
        // A server that moved was there before.
        long since = before == null ? signal.at() : before.since();
        KnownServer now = new KnownServer(signal.place(), since);
        known.put(signal.server(), now);
        sink.known(signal.server(), now);
        if (time.isEmpty()) {
            minutes.begin(signal.at());
            hours.begin(signal.at());
            keepTime(signal.at(), signal.at());
        }
    }

    public void onGone(Signal.Gone signal) {
        if (known.remove(signal.server()) != null) {
            sink.knownGone(signal.server());
            pass(signal.at());
        }
    }

    public void onProgress(Signal.Progress signal) {
        pass(signal.at());
    }

    public void onClosed(Signal.Closed signal) {
        WindowStats stats = signal.stats();
        FleetSeries series = series(stats);
        if (!known.containsKey(stats.key()) || series.isClosed(stats.window())) {
            late++;
        } else if (stats.window().start() >= time.orElseThrow().first() + settings.minuteMillis()) {
            series.add(stats);
            sink.kept(stats);
        }
        pass(stats.window().end());
    }

    /** Statistics that came after their window was closed, since this began to run. */
    public long late() {
        return late;
    }

    public int servers() {
        return known.size();
    }

    /** Windows that wait for statistics. */
    public int openWindows() {
        return minutes.size() + hours.size();
    }

    private FleetSeries series(WindowStats stats) {
        return stats.window().length() == settings.minuteMillis() ? minutes : hours;
    }

    private void pass(long at) {
        if (time.isEmpty()) {
            return;
        }
        long now = Math.max(at, time.get().now());
        close(minutes, now);
        close(hours, now);
        keepTime(time.get().first(), now);
    }

    private void close(FleetSeries series, long now) {
        long overdueAt = now - settings.missingAfterMillis();
        Optional<Closed> closed = series.closeNext(overdueAt);
        while (closed.isPresent()) {
            publish(closed.get());
            closed = series.closeNext(overdueAt);
        }
    }

    private void publish(Closed closed) {
        Map<String, Group> groups = new TreeMap<>();
        for (WindowStats member : closed.members()) {
            for (Place place : placesOf(member.place())) {
                groups.computeIfAbsent(key(place), key -> new Group(place)).members.add(member);
            }
            sink.keptGone(member.key(), closed.window());
        }
        for (String server : closed.missing()) {
            for (Place place : placesOf(known.get(server).place())) {
                Group group = groups.get(key(place));
                if (group != null) {
                    group.missing.add(server);
                }
            }
        }
        groups.forEach(
                (key, group) ->
                        sink.window(
                                GroupStats.merge(key, group.place, group.members, group.missing)));
    }

    /** The places of the groups that a server at this place is in. */
    private static List<Place> placesOf(Place place) {
        List<Place> places = new ArrayList<>();
        places.add(Place.NOWHERE);
        if (place.country().isPresent()) {
            places.add(new Place(place.country(), Optional.empty()));
        }
        if (place.city().isPresent()) {
            places.add(place);
        }
        return places;
    }

    private static String key(Place place) {
        return place.country()
                .map(
                        country ->
                                place.city()
                                        .map(city -> "city/" + country + "-" + city)
                                        .orElse("country/" + country))
                .orElse("fleet");
    }

    private void keepTime(long first, long now) {
        Optional<FleetTime> next =
                Optional.of(new FleetTime(first, now, minutes.closed(), hours.closed()));
        if (!next.equals(time)) {
            time = next;
            sink.time(next.get());
        }
    }

    private static final class Group {
        private final Place place;
        private final List<WindowStats> members = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();

        Group(Place place) {
            this.place = place;
        }
    }

    /** Puts the fleet's windows together from what was kept, which may come in any order. */
    public static final class Loader {
        private final FleetWindows fleet;

        private Loader(FleetWindows fleet) {
            this.fleet = fleet;
        }

        public void known(String server, KnownServer known) {
            fleet.known.put(server, known);
        }

        public void kept(WindowStats stats) {
            fleet.series(stats).add(stats);
        }

        public void time(FleetTime time) {
            fleet.time = Optional.of(time);
            fleet.minutes.begin(time.minutesClosed());
            fleet.hours.begin(time.hoursClosed());
        }

        public FleetWindows finish() {
            return fleet;
        }
    }
}
