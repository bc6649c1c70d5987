package io.exitpool.core.alert;

import io.exitpool.core.alert.AlertSignal.Cleared;
import io.exitpool.core.alert.AlertSignal.Heard;
import io.exitpool.core.alert.AlertSignal.Quiet;
import io.exitpool.core.alert.AlertSignal.Raised;
import io.exitpool.core.stats.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Decides what of all servers' signals is told. An alert stands for itself, unless a crash explains
 * it: a server's sessions come back at its neighbours, whose pools run short. Such a storm is one
 * alert, led by the crashed server's silence, or by the neighbour that was told before anybody knew
 * of a silence; the others are named in it as affected. What leads is resolved when all of it is
 * over, and nothing stays untold for longer than an hour because another leads it. Alerts that look
 * at the hour outlast the storm by its own minutes: they never prolong it, and are told only when
 * they last for longer than those minutes explain.
 *
 * <p>One partition's task owns a desk, which hears everything in one order; it is not thread-safe.
 * Signals that were heard before change nothing.
 */
public final class AlertDesk {
    private final DeskSettings settings;
    private final DeskBook book;
    private final Teller teller;

    public AlertDesk(DeskSettings settings, DeskSink sink) {
        this.settings = settings;
        book = new DeskBook(sink);
        teller = new Teller(book, sink);
    }

    /** Puts a desk together from its rows. */
    public static Loader load(DeskSettings settings, DeskSink sink) {
        return new Loader(new AlertDesk(settings, sink));
    }

    /** Takes the rows that a desk handed to its sink, in any order. */
    public static final class Loader {
        private final AlertDesk desk;

        private Loader(AlertDesk desk) {
            this.desk = desk;
        }

        public void standing(StandingAlert row) {
            desk.book.restore(row);
        }

        public void quiet(QuietServer row) {
            desk.book.restore(row);
        }

        public void closed(ClosedAlert row) {
            desk.book.restore(row);
        }

        public AlertDesk desk() {
            return desk;
        }
    }

    /**
     * A server's signal.
     *
     * @param at its time, in milliseconds since 1970
     */
    public void onSignal(String server, Place place, long at, AlertSignal signal) {
        signal.match(
                new AlertSignal.Cases() {
                    @Override
                    public void raised(Raised raised) {
                        onRaised(server, place, at, raised);
                    }

                    @Override
                    public void cleared(Cleared cleared) {
                        onCleared(server, cleared);
                    }

                    @Override
                    public void quiet(Quiet quiet) {
                        onQuiet(server, place, quiet);
                    }

                    @Override
                    public void heard(Heard heard) {
                        onHeard(server, heard);
                    }
                });
    }

    /** Time passes: what was held back too long is told, and what is old is forgotten. */
    public void onTime(long at) {
        for (StandingAlert leader : book.standing(StandingAlert::told)) {
            if (leader.joinedAt().isPresent() && !mayLead(leader, at)) {
                teller.tellMembers(leader);
                teller.settle(leader, at);
            }
        }
        book.standing(member -> lagsNoMore(member, at)).forEach(teller::tellLate);
        for (QuietServer row : book.quiet(quiet -> quiet.heardAt().isPresent())) {
            if (at - row.since() > settings.quietExplainsForMillis()) {
                book.removeQuiet(row.server());
            }
        }
        for (ClosedAlert row : book.closedUntil(at - settings.keepResolvedMillis())) {
            teller.forget(row);
        }
    }

    /** The server was removed: its alerts are over, and it explains nothing any more. */
    public void onGone(String server, long at) {
        book.removeQuiet(server);
        List<StandingAlert> alerts = book.standing(one -> one.key().server().equals(server));
        alerts.stream()
                .filter(alert -> !alert.cleared())
                .forEach(alert -> book.put(alert.clearedAt(OptionalLong.of(at), alert.peak())));
        for (StandingAlert alert : alerts) {
            teller.tellMembers(alert);
            book.standing(alert.key()).ifPresent(one -> teller.settle(one, at));
        }
    }

    private void onRaised(String server, Place place, long at, Raised raised) {
        AlertKey key = new AlertKey(server, raised.kind());
        Optional<StandingAlert> before = book.standing(key);
        long lastSignal =
                before.map(StandingAlert::lastSignal)
                        .or(() -> book.closed(key).map(ClosedAlert::lastSignal))
                        .orElse(0L);
        if (raised.episode() <= lastSignal) {
            return;
        }
        if (before.isPresent()) {
            book.put(before.get().raisedAgain(raised));
            return;
        }
        StandingAlert alert = teller.begin(key, place, raised);
        if (key.kind() == AlertKind.SERVER_SILENT) {
            Optional<StandingAlert> leader =
                    book.quiet(server).flatMap(QuietServer::explains).flatMap(book::standing);
            teller.joinOrTell(alert, leader.filter(one -> mayLead(one, at)), at);
        } else if (key.kind().ofLoad()) {
            place(alert, at);
        } else {
            teller.tell(alert);
        }
    }

    /** Finds out whether the alert stands for itself. */
    private void place(StandingAlert alert, long at) {
        Optional<QuietServer> cause =
                book.quiet(quiet -> explains(quiet, alert, at)).stream()
                        .min(
                                Comparator.comparing(
                                                (QuietServer quiet) -> leader(quiet, at).isEmpty())
                                        .thenComparing(QuietServer::since));
        if (cause.isEmpty()) {
            Optional<StandingAlert> storm =
                    alert.raised().surge()
                            ? surges(alert.key(), alert.place(), at)
                                    .filter(one -> mayLead(one, at))
                                    .findFirst()
                            : Optional.empty();
            teller.joinOrTell(alert, storm, at);
            return;
        }
        QuietServer quiet = cause.get();
        Optional<StandingAlert> leader = leader(quiet, at);
        boolean silentStands = book.standing(silence(quiet)).isPresent();
        if (leader.isPresent()) {
            teller.joinOrTell(alert, leader, at);
        } else if (quiet.heardAt().isEmpty() && !silentStands) {
            teller.tellEarly(quiet, alert, at);
        } else if (silentStands) {
            teller.tell(alert);
        } else {
            teller.tell(alert.causedBy(quiet.server(), Teller.cause(quiet.server(), alert)));
            book.put(quiet.explaining(Optional.of(alert.key())));
        }
    }

    private void onCleared(String server, Cleared cleared) {
        book.standing(new AlertKey(server, cleared.kind()))
                .filter(alert -> alert.lastSignal() == cleared.episode())
                .filter(alert -> !alert.early() && !alert.cleared())
                .ifPresent(alert -> clear(alert, cleared.at(), cleared.peak()));
    }

    /** A surge that was told without a cause has one now. */
    private void onQuiet(String server, Place place, Quiet signal) {
        Optional<QuietServer> before = book.quiet(server);
        if (before.isPresent() && signal.since() <= before.get().since()) {
            return;
        }
        List<StandingAlert> surges =
                surges(new AlertKey(server, AlertKind.SERVER_SILENT), place, signal.since())
                        .toList();
        Optional<AlertKey> explains =
                before.flatMap(QuietServer::explains)
                        .filter(key -> book.standing(key).isPresent())
                        .or(() -> surges.stream().map(StandingAlert::key).findFirst());
        QuietServer quiet =
                new QuietServer(
                        server,
                        place,
                        signal.since(),
                        signal.silentMillis(),
                        signal.thresholdMillis(),
                        OptionalLong.empty(),
                        explains);
        book.put(quiet);
        book.standing(silence(quiet))
                .filter(alert -> alert.early() && alert.cleared())
                .ifPresent(alert -> book.put(alert.clearedAt(OptionalLong.empty(), alert.peak())));
        for (StandingAlert surge : surges) {
            teller.tellAgain(surge.causedBy(server, Teller.cause(server, surge)));
        }
    }

    private void onHeard(String server, Heard heard) {
        Optional<QuietServer> known =
                book.quiet(server)
                        .filter(quiet -> quiet.heardAt().isEmpty() && heard.at() >= quiet.since());
        if (known.isEmpty()) {
            return;
        }
        book.put(known.get().heard(heard.at()));
        book.standing(silence(known.get()))
                .filter(alert -> alert.early() && !alert.cleared())
                .ifPresent(
                        alert -> clear(alert, heard.at(), known.get().silentSeconds(heard.at())));
    }

    private void clear(StandingAlert alert, long at, double peak) {
        StandingAlert cleared = alert.clearedAt(OptionalLong.of(at), peak);
        book.put(cleared);
        teller.settle(cleared, at);
    }

    /** Whether the alert can be the other server's crash. */
    private boolean explains(QuietServer quiet, StandingAlert alert, long at) {
        long limit =
                quiet.heardAt().isPresent()
                        ? settings.quietExplainsForMillis()
                        : settings.silenceExplainsForMillis();
        return !quiet.server().equals(alert.key().server())
                && DeskBook.near(quiet.place(), alert.place())
                && at - quiet.since() <= limit;
    }

    /** The alert that stands for the quiet server's storm, if more may join it. */
    private Optional<StandingAlert> leader(QuietServer quiet, long at) {
        return quiet.explains()
                .flatMap(book::standing)
                .or(() -> book.standing(silence(quiet)))
                .flatMap(one -> one.told() ? Optional.of(one) : book.standing(one.leader().get()))
                .filter(StandingAlert::told)
                .filter(one -> mayLead(one, at));
    }

    /** Surges near the place that were told and have no cause yet, the earliest first. */
    private Stream<StandingAlert> surges(AlertKey but, Place place, long at) {
        return book
                .standing(
                        alert ->
                                alert.told()
                                        && alert.ofLoad()
                                        && alert.raised().surge()
                                        && alert.causedBy().isEmpty()
                                        && !alert.key().server().equals(but.server())
                                        && DeskBook.near(alert.place(), place)
                                        && Math.abs(at - alert.episode())
                                                <= settings.causeWithinMillis())
                .stream()
                .sorted(Comparator.comparing(StandingAlert::episode));
    }

    /** Others may be told by it: for an hour, or a surge without a cause for two minutes. */
    private boolean mayLead(StandingAlert leader, long at) {
        long since = leader.joinedAt().orElse(at);
        boolean awaitsCause = leader.silentServer().isEmpty();
        return at - since <= settings.incidentMillis()
                && !(awaitsCause && at - leader.episode() > settings.causeWithinMillis());
    }

    private boolean lagsNoMore(StandingAlert member, long at) {
        return !member.told()
                && !member.cleared()
                && member.lags()
                && at - member.untoldSince() > settings.lagsForMillis();
    }

    private static AlertKey silence(QuietServer quiet) {
        return new AlertKey(quiet.server(), AlertKind.SERVER_SILENT);
    }
}
