package io.exitpool.operator.audit;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotPart;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What was read, counted. */
final class Tally {
    private final Map<String, Long> records = new TreeMap<>();
    private final Map<EventKind, Long> events = new EnumMap<>(EventKind.class);
    private final Map<Rung, Long> rungs = new EnumMap<>(Rung.class);
    private final Map<Choice, Long> choices = new EnumMap<>(Choice.class);
    private final Map<RejectCause, Long> rejections = new EnumMap<>(RejectCause.class);
    private final Map<ReleaseCause, Long> releases = new EnumMap<>(ReleaseCause.class);
    private long grants;
    private long repeated;
    private OptionalLong from = OptionalLong.empty();
    private OptionalLong until = OptionalLong.empty();

    /** Any record. */
    void record(Position at) {
        records.merge(at.topic(), 1L, Long::sum);
    }

    /** A record that the report's span of time is made of. */
    void time(Position at) {
        long time = at.timestamp();
        from = OptionalLong.of(Math.min(from.orElse(time), time));
        until = OptionalLong.of(Math.max(until.orElse(time), time));
    }

    void event(EventKind kind) {
        events.merge(kind, 1L, Long::sum);
    }

    void event(Standing standing, Object body) {
        event(
                switch (standing) {
                    case EFFECTIVE -> kind(body);
                    case STALE -> EventKind.STALE;
                    case DUPLICATE -> EventKind.DUPLICATE;
                    case MALFORMED -> EventKind.MALFORMED;
                });
    }

    void decision(Decision decision) {
        Object outcome = decision.getOutcome();
        if (outcome instanceof Granted granted) {
            if (granted.getRepeated()) {
                repeated++;
            } else {
                grants++;
                rungs.merge(granted.getRung(), 1L, Long::sum);
                choices.merge(granted.getChoice(), 1L, Long::sum);
            }
        } else if (outcome instanceof Rejected rejected) {
            rejections.merge(rejected.getCause(), 1L, Long::sum);
        } else if (outcome instanceof Released released) {
            releases.merge(released.getCause(), 1L, Long::sum);
        }
    }

    /** Fills in what was counted. */
    AuditReport report(
            int servers,
            Map<String, Long> beginsLate,
            Findings findings,
            Map<Pending, Long> pending) {
        return new AuditReport(
                from,
                until,
                servers,
                records,
                beginsLate,
                events,
                grants,
                repeated,
                rungs,
                choices,
                rejections,
                releases,
                findings.unknown(),
                pending,
                findings.violations());
    }

    private static EventKind kind(Object body) {
        if (body instanceof SessionStarted start) {
            return start.getAttempt() == 0 ? EventKind.START : EventKind.RETRY;
        }
        if (body instanceof SessionEnded) {
            return EventKind.END;
        }
        return body instanceof SnapshotPart ? EventKind.SNAPSHOT_PART : EventKind.SERVER_STARTED;
    }
}
