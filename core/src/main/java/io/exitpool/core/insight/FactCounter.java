package io.exitpool.core.insight;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.TimesTally;
import java.util.function.Function;

/** What each sort of decision means for the open minute. It allocates nothing per decision. */
final class FactCounter {
    private final WindowTally minute;
    private final TimesTally times;
    private final Levels levels;

    private final Function<Granted, Void> onGranted = this::granted;
    private final Function<Rejected, Void> onRejected = this::rejected;
    private final Function<Released, Void> onReleased = this::released;

    /** Time of the decision at hand. */
    private long now;

    private long exhausted;

    FactCounter(WindowTally minute, TimesTally times, Levels levels) {
        this.minute = minute;
        this.times = times;
        this.levels = levels;
    }

    void count(Fact fact) {
        now = fact.time();
        if (fact.lagMillis().isPresent()) {
            times.addLag(Math.max(0, fact.lagMillis().getAsLong()));
        }
        fact.outcome().match(onGranted, onRejected, onReleased);
    }

    /** Attempts that found the pool exhausted since the last call. */
    long takeExhausted() {
        long taken = exhausted;
        exhausted = 0;
        return taken;
    }

    private Void granted(Granted grant) {
        if (grant.repeated()) {
            minute.add(Count.REPEATED);
            return null;
        }
        levels.move(grant.loadAfter() - 1, grant.loadAfter());
        if (grant.choice() == Choice.ADOPTED) {
            minute.add(Count.ADOPTED);
            return null;
        }
        minute.add(grant.attempt() == 0 ? Count.STARTS : Count.RETRIES);
        minute.addGrant(grant.rung(), grant.slot());
        if (grant.choice() == Choice.WANTED) {
            minute.add(Count.WANTED);
        }
        if (grant.loadAfter() == 1) {
            int families =
                    (grant.addresses().hasV4() ? 1 : 0) + (grant.addresses().hasV6() ? 1 : 0);
            minute.add(Count.PTR_UPDATES, families);
        }
        if (grant.gapMillis().isPresent()) {
            times.addGap(Math.max(0, grant.gapMillis().getAsLong()));
        }
        return null;
    }

    private Void rejected(Rejected rejection) {
        minute.add(rejection.cause());
        exhausted += rejection.cause() == RejectCause.EXHAUSTED ? 1 : 0;
        if (rejection.attempt() > 0) {
            minute.add(Count.RETRIES);
        } else if (rejection.cause() == RejectCause.EXHAUSTED) {
            minute.add(Count.STARTS);
            minute.add(Count.EXHAUSTED_FIRST);
        }
        return null;
    }

    private Void released(Released release) {
        minute.add(release.cause());
        levels.move(release.loadAfter() + 1, release.loadAfter());
        if (release.cause() != ReleaseCause.PASSED_ON) {
            times.addHold(Math.max(0, now - release.grantedAt() * 1_000));
            if (release.loadAfter() == 0) {
                minute.add(Count.EMPTIED);
            }
        }
        return null;
    }
}
