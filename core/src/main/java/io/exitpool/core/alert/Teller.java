package io.exitpool.core.alert;

import io.exitpool.core.alert.AlertSignal.Raised;
import io.exitpool.core.stats.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells alerts and keeps the count of it: one OPEN, few revisions, one RESOLVED. */
final class Teller {
    private final DeskBook book;
    private final DeskSink sink;

    Teller(DeskBook book, DeskSink sink) {
        this.book = book;
        this.sink = sink;
    }

    /** A new alert, neither told nor kept yet. */
    StandingAlert begin(AlertKey key, Place place, Raised raised) {
        return begin(key, place, raised, raised.episode(), raised.episode(), false);
    }

    /** Told by the leader, if there is one, else on its own. */
    void joinOrTell(StandingAlert alert, Optional<StandingAlert> leader, long at) {
        if (leader.isEmpty()) {
            tell(alert);
            return;
        }
        StandingAlert leading = leader.get();
        book.put(alert.ledBy(leading.key()).joined(at));
        if (leading.joinedAt().isEmpty()) {
            tellAgain(leading.joined(at));
        }
    }

    /** Two pieces of evidence: the server is quiet, and its neighbour runs short. */
    void tellEarly(QuietServer quiet, StandingAlert affected, long at) {
        double seconds = quiet.silentSeconds(at);
        AlertKey key = new AlertKey(quiet.server(), AlertKind.SERVER_SILENT);
        Raised raised =
                new Raised(
                        AlertKind.SERVER_SILENT,
                        at,
                        seconds,
                        quiet.thresholdMillis() / 1000.0,
                        "seconds without a snapshot",
                        Wording.say(
                                "The server's agent has sent no snapshot for %.0f seconds, and its"
                                        + " neighbours run short of addresses.",
                                seconds),
                        Optional.of(
                                "The server is down or cut off: what it carried comes back at "
                                        + affected.key().server()
                                        + "."),
                        "See whether the server answers and whether its agent runs and reaches"
                                + " Kafka; what is affected recovers with it, or needs more slots.",
                        false);
        long lastSignal = book.closed(key).map(ClosedAlert::lastSignal).orElse(0L);
        StandingAlert leader = begin(key, quiet.place(), raised, at, lastSignal, true).joined(at);
        book.put(affected.ledBy(key).joined(at));
        tell(leader);
    }

    /** Opens: revision 0. */
    void tell(StandingAlert alert) {
        book.put(alert);
        book.removeClosed(alert.key());
        sink.alert(alert.alert(affected(alert), OptionalLong.empty()));
    }

    /** The same episode with what became known. */
    void tellAgain(StandingAlert alert) {
        StandingAlert revised = alert.revised();
        book.put(revised);
        sink.alert(revised.alert(affected(revised), OptionalLong.empty()));
    }

    /**
     * What is still raised and was told by the leader is told on its own from now on, but for
     * echoes of its storm.
     */
    void tellMembers(StandingAlert leader) {
        for (StandingAlert member : book.members(leader.key())) {
            if (!member.cleared() && !echoes(member, leader)) {
                tellAlone(member, leader);
            }
        }
    }

    /** It outlasted the hour that its storm is in: told on its own. */
    void tellLate(StandingAlert member) {
        Optional<StandingAlert> leader =
                member.leader().filter(k -> !member.echo()).flatMap(book::standing);
        leader.ifPresentOrElse(one -> tellAlone(member, one), () -> tell(member.alone()));
    }

    /**
     * What it is part of may be over now; an echo that was cleared is.
     *
     * @param at what ends now ends no earlier than this, in milliseconds since 1970
     */
    void settle(StandingAlert alert, long at) {
        if (!alert.echo()) {
            settle(alert.leader().orElse(alert.key()), at);
        } else if (alert.cleared()) {
            close(alert, alert.clearedAt().getAsLong());
        }
    }

    /**
     * Resolves the leader once all of its storm is over but the silence that caused it, and what
     * looks at the hour that the storm is in.
     */
    private void settle(AlertKey leader, long notBefore) {
        Optional<StandingAlert> standing = book.standing(leader);
        List<StandingAlert> members = book.members(leader);
        if (standing.isEmpty()
                || !standing.get().cleared()
                || members.stream().anyMatch(Teller::prolongs)) {
            return;
        }
        StandingAlert over = standing.get();
        List<String> names = new ArrayList<>();
        List<StandingAlert> lasting = new ArrayList<>();
        long at = Math.max(notBefore, Math.max(over.clearedAt().getAsLong(), lastTold(over)));
        for (StandingAlert member : members) {
            if (member.cleared()) {
                long cleared = member.clearedAt().getAsLong();
                at = member.lags() ? at : Math.max(at, cleared);
                close(member, cleared);
                names.add(member.key().name());
            } else if (echoes(member, over)) {
                book.put(member.ledBy(member.key()));
                names.add(member.key().name());
            } else {
                lasting.add(member);
            }
        }
        sink.alert(over.alert(names, OptionalLong.of(at)));
        close(over, at);
        for (QuietServer quiet : book.quiet(one -> one.explains().equals(Optional.of(leader)))) {
            book.put(quiet.explaining(Optional.empty()));
        }
        lasting.forEach(member -> tellAlone(member, over));
    }

    private static boolean prolongs(StandingAlert member) {
        return !member.cleared() && member.ofLoad() && !member.lags();
    }

    /** A storm that nobody can explain has no echo. */
    private static boolean echoes(StandingAlert member, StandingAlert leader) {
        return member.lags() && leader.silentServer().isPresent();
    }

    /** Servers' times differ a little: an end is never told before what was told last. */
    private long lastTold(StandingAlert alert) {
        long joined = alert.joinedAt().orElse(0);
        long caused = alert.causedBy().flatMap(book::quiet).map(QuietServer::since).orElse(0L);
        return Math.max(alert.episode(), Math.max(joined, caused));
    }

    /** Its time is over: nobody needs its record, and no repetition of its signals will come. */
    void forget(ClosedAlert row) {
        boolean stands = book.standing(row.key()).filter(StandingAlert::told).isPresent();
        if (row.told() && !stands) {
            sink.tombstone(row.key().server(), row.key().kind());
        }
        book.removeClosed(row.key());
    }

    static String cause(String server, StandingAlert alert) {
        return server
                + ", in the same "
                + (alert.place().city().isPresent() ? "city" : "country")
                + ", fell silent: what it carried comes here.";
    }

    private void tellAlone(StandingAlert member, StandingAlert leader) {
        StandingAlert alone = member.alone();
        tell(
                leader.silentServer()
                        .filter(server -> member.ofLoad())
                        .map(server -> alone.causedBy(server, cause(server, member)))
                        .orElse(alone));
    }

    private StandingAlert begin(
            AlertKey key, Place place, Raised raised, long opened, long lastSignal, boolean early) {
        long last = book.closed(key).map(ClosedAlert::episode).orElse(0L);
        return new StandingAlert(
                key,
                place,
                Math.max(opened, last + 1),
                lastSignal,
                early,
                raised,
                raised.value(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                OptionalLong.empty());
    }

    private void close(StandingAlert alert, long at) {
        boolean toldBefore = book.closed(alert.key()).map(ClosedAlert::told).orElse(false);
        book.removeStanding(alert.key());
        book.put(
                new ClosedAlert(
                        alert.key(),
                        alert.episode(),
                        alert.lastSignal(),
                        at,
                        alert.told() || toldBefore));
    }

    private List<String> affected(StandingAlert leader) {
        return book.members(leader.key()).stream().map(member -> member.key().name()).toList();
    }
}
