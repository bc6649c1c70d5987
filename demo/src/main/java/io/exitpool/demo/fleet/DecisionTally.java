package io.exitpool.demo.fleet;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import java.util.EnumMap;
import java.util.Map;

/** What the decisions of one server amount to. A repeated grant is no new one. */
final class DecisionTally {

    private final Map<Rung, Long> rungs = new EnumMap<>(Rung.class);
    private final Map<RejectCause, Long> rejections = new EnumMap<>(RejectCause.class);
    private final Map<ReleaseCause, Long> releases = new EnumMap<>(ReleaseCause.class);
    private final PerMinute grantsPerMinute = new PerMinute();
    private final PerMinute rejectionsPerMinute = new PerMinute();
    private final PerMinute adoptionsPerMinute = new PerMinute();
    private long adoptions;

    void count(Decision decision, long nowMillis) {
        Object outcome = decision.getOutcome();
        if (outcome instanceof Granted granted && !granted.getRepeated()) {
            rungs.merge(granted.getRung(), 1L, Long::sum);
            grantsPerMinute.count(nowMillis);
            if (granted.getChoice() == Choice.ADOPTED) {
                adoptions++;
                adoptionsPerMinute.count(nowMillis);
            }
        } else if (outcome instanceof Rejected rejected) {
            rejections.merge(rejected.getCause(), 1L, Long::sum);
            rejectionsPerMinute.count(nowMillis);
        } else if (outcome instanceof Released released) {
            releases.merge(released.getCause(), 1L, Long::sum);
        }
    }

    long adoptions() {
        return adoptions;
    }

    Map<Rung, Long> rungs() {
        return rungs;
    }

    Map<RejectCause, Long> rejections() {
        return rejections;
    }

    Map<ReleaseCause, Long> releases() {
        return releases;
    }

    int grantsPerMinute(long nowMillis) {
        return grantsPerMinute.total(nowMillis);
    }

    int rejectionsPerMinute(long nowMillis) {
        return rejectionsPerMinute.total(nowMillis);
    }

    int adoptionsPerMinute(long nowMillis) {
        return adoptionsPerMinute.total(nowMillis);
    }
}
