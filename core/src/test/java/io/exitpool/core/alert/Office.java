package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.alert.AlertSignal.Raised;
import io.exitpool.core.stats.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A desk, and beside it one that is put together from its rows before every input and hears every
 * signal twice: both must tell the same, whatever a test does.
 */
final class Office {
    private final Drawer drawer = new Drawer();
    private final Drawer restarted = new Drawer();
    private final AlertDesk desk = new AlertDesk(DeskSettings.DEFAULT, drawer);

    /** Everything told since the last look. */
    List<Alert> told() {
        List<Alert> told = List.copyOf(drawer.told);
        drawer.told.clear();
        restarted.told.clear();
        return told;
    }

    List<AlertKey> tombstones() {
        return drawer.tombstones;
    }

    /** Who is told in the alert's place. */
    Optional<AlertKey> leader(AlertKey key) {
        return drawer.standing.get(key).leader();
    }

    /** Nothing is left of it but what keeps closed alerts from being told again. */
    boolean atRest() {
        return drawer.standing.isEmpty();
    }

    boolean forgotten() {
        return atRest() && drawer.quiet.isEmpty() && drawer.closed.isEmpty();
    }

    void signal(String server, long at, AlertSignal signal) {
        Place place = place(server);
        desk.onSignal(server, place, at, signal);
        restarted().onSignal(server, place, at, signal);
        int told = restarted.told.size();
        restarted().onSignal(server, place, at, signal);
        assertThat(restarted.told).as("told for a repeated %s", signal).hasSize(told);
        shouldAgree();
    }

    void raise(String server, AlertKind kind, long at) {
        signal(server, at, raised(kind, at, false));
    }

    void surge(String server, AlertKind kind, long at) {
        signal(server, at, raised(kind, at, true));
    }

    void clear(String server, AlertKind kind, long episode, long at) {
        signal(server, at, new AlertSignal.Cleared(kind, episode, at, 99));
    }

    void quiet(String server, long at) {
        signal(server, at, new AlertSignal.Quiet(at, 35_000, 35_000));
    }

    void heard(String server, long at) {
        signal(server, at, new AlertSignal.Heard(at));
    }

    void time(long at) {
        both(one -> one.onTime(at));
    }

    void gone(String server, long at) {
        both(one -> one.onGone(server, at));
    }

    static Raised raised(AlertKind kind, long episode, boolean surge) {
        return new Raised(
                kind,
                episode,
                12,
                10,
                "percent",
                "Something happens.",
                Optional.empty(),
                "Do something.",
                surge);
    }

    private void both(Consumer<AlertDesk> input) {
        input.accept(desk);
        input.accept(restarted());
        shouldAgree();
    }

    private void shouldAgree() {
        assertThat(restarted.told).isEqualTo(drawer.told);
        assertThat(restarted.tombstones).isEqualTo(drawer.tombstones);
        assertThat(restarted.standing).isEqualTo(drawer.standing);
        assertThat(restarted.quiet).isEqualTo(drawer.quiet);
        assertThat(restarted.closed).isEqualTo(drawer.closed);
    }

    private AlertDesk restarted() {
        AlertDesk.Loader loader = AlertDesk.load(DeskSettings.DEFAULT, restarted);
        List.copyOf(restarted.standing.values()).forEach(loader::standing);
        List.copyOf(restarted.quiet.values()).forEach(loader::quiet);
        List.copyOf(restarted.closed.values()).forEach(loader::closed);
        return loader.desk();
    }

    private static Place place(String server) {
        String[] parts = server.split("-");
        return parts.length < 3
                ? new Place(Optional.empty(), Optional.empty())
                : new Place(Optional.of(parts[0]), Optional.of(parts[1]));
    }

    private static final class Drawer implements DeskSink {
        private final List<Alert> told = new ArrayList<>();
        private final List<AlertKey> tombstones = new ArrayList<>();
        private final Map<AlertKey, StandingAlert> standing = new TreeMap<>();
        private final Map<String, QuietServer> quiet = new TreeMap<>();
        private final Map<AlertKey, ClosedAlert> closed = new TreeMap<>();

        @Override
        public void alert(Alert alert) {
            told.add(alert);
        }

        @Override
        public void tombstone(String server, AlertKind kind) {
            tombstones.add(new AlertKey(server, kind));
        }

        @Override
        public void standing(StandingAlert row) {
            standing.put(row.key(), row);
        }

        @Override
        public void standingGone(AlertKey key) {
            assertThat(standing.remove(key)).isNotNull();
        }

        @Override
        public void quiet(QuietServer row) {
            quiet.put(row.server(), row);
        }

        @Override
        public void quietGone(String server) {
            assertThat(quiet.remove(server)).isNotNull();
        }

        @Override
        public void closed(ClosedAlert row) {
            closed.put(row.key(), row);
        }

        @Override
        public void closedGone(AlertKey key) {
            assertThat(closed.remove(key)).isNotNull();
        }
    }
}
