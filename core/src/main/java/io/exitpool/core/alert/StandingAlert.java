package io.exitpool.core.alert;

import io.exitpool.core.stats.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A row of the {@link AlertDesk}: an alert that is raised, or part of a storm that is not over. One
 * that has a leader is not told on its own. One that leads itself is told by nothing: the echo of a
 * storm that is over.
 *
 * @param episode when it opened, in milliseconds since 1970; what it is told by
 * @param lastSignal the server's own last episode; 0 when it had none yet
 * @param early the desk concluded it before the server raised it
 * @param raised what is told
 * @param peak the worst value so far
 * @param clearedAt when the server cleared it, in milliseconds since 1970
 * @param leader the alert that is told in its place
 * @param revision of the last telling
 * @param causedBy the server whose silence explains it
 * @param joinedAt when the first other alert joined it, or when it joined the one that leads it, in
 *     milliseconds since 1970
 */
public record StandingAlert(
        AlertKey key,
        Place place,
        long episode,
        long lastSignal,
        boolean early,
        AlertSignal.Raised raised,
        double peak,
        OptionalLong clearedAt,
        Optional<AlertKey> leader,
        int revision,
        Optional<String> causedBy,
        OptionalLong joinedAt) {

    boolean told() {
        return leader.isEmpty();
    }

    boolean cleared() {
        return clearedAt.isPresent();
    }

    boolean ofLoad() {
        return key.kind().ofLoad();
    }

    boolean lags() {
        return key.kind().lags();
    }

    /** What led it is over, and it was not told yet because it looks at the hour. */
    boolean echo() {
        return leader.equals(Optional.of(key));
    }

    /** Since when it goes untold; a row of an earlier version says only when it opened. */
    long untoldSince() {
        return joinedAt.orElse(episode);
    }

    /** The server whose silence explains it or that it is the silence of. */
    Optional<String> silentServer() {
        return causedBy.or(
                () ->
                        key.kind() == AlertKind.SERVER_SILENT
                                ? Optional.of(key.server())
                                : Optional.empty());
    }

    /** The server itself raised it, perhaps once more. */
    StandingAlert raisedAgain(AlertSignal.Raised signal) {
        return with(
                next -> {
                    next.lastSignal = signal.episode();
                    next.early = false;
                    next.peak = key.kind().rule().worse(peak, signal.value());
                    next.clearedAt = OptionalLong.empty();
                });
    }

    StandingAlert clearedAt(OptionalLong at, double worst) {
        return with(
                next -> {
                    next.clearedAt = at;
                    next.peak = key.kind().rule().worse(peak, worst);
                });
    }

    StandingAlert joined(long at) {
        return joinedAt.isPresent() ? this : with(next -> next.joinedAt = OptionalLong.of(at));
    }

    StandingAlert revised() {
        return with(next -> next.revision = revision + 1);
    }

    StandingAlert causedBy(String server, String cause) {
        return with(
                next -> {
                    next.raised = raised.because(cause);
                    next.causedBy = Optional.of(server);
                });
    }

    /** From now on told by the other; by nothing, if that is itself. */
    StandingAlert ledBy(AlertKey other) {
        return with(next -> next.leader = Optional.of(other));
    }

    /** From now on told on its own. */
    StandingAlert alone() {
        return with(
                next -> {
                    next.leader = Optional.empty();
                    next.revision = 0;
                    next.joinedAt = OptionalLong.empty();
                });
    }

    Alert alert(List<String> affected, OptionalLong resolvedAt) {
        return new Alert(
                key.server(),
                key.kind(),
                episode,
                revision,
                episode,
                resolvedAt,
                raised.value(),
                raised.threshold(),
                peak,
                raised.unit(),
                raised.summary(),
                raised.cause(),
                raised.advice(),
                causedBy,
                affected,
                place);
    }

    private StandingAlert with(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return new StandingAlert(
                key,
                place,
                episode,
                next.lastSignal,
                next.early,
                next.raised,
                next.peak,
                next.clearedAt,
                next.leader,
                next.revision,
                next.causedBy,
                next.joinedAt);
    }

    /** What may change about it, while it does. */
    private static final class Next {
        private long lastSignal;
        private boolean early;
        private AlertSignal.Raised raised;
        private double peak;
        private OptionalLong clearedAt;
        private Optional<AlertKey> leader;
        private int revision;
        private Optional<String> causedBy;
        private OptionalLong joinedAt;

        private Next(StandingAlert now) {
            lastSignal = now.lastSignal;
            early = now.early;
            raised = now.raised;
            peak = now.peak;
            clearedAt = now.clearedAt;
            leader = now.leader;
            revision = now.revision;
            causedBy = now.causedBy;
            joinedAt = now.joinedAt;
        }
    }
}
