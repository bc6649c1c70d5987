package io.exitpool.core.simulation;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a simulation has reached, and how often. */
final class Coverage {
    /** Everything else that must be reached. */
    static final List<String> DEEDS =
            List.of(
                    "order ReleaseSlot",
                    "order ResetEpoch",
                    "order Rebuild",
                    "configuration taken",
                    "configuration refused",
                    "server removed",
                    "server gone",
                    "epoch refused",
                    "log gap",
                    "time went back",
                    "reload",
                    "reload of a failed pool",
                    "pool read before it was asked for",
                    "pool read when it was asked for",
                    "slot retired",
                    "grant repeated",
                    "grant on a shared slot",
                    "grant with a gap");

    private final Map<String, Long> reached = new HashMap<>();

    void did(String deed) {
        reached.merge(deed, 1L, Long::sum);
    }

    void didIf(boolean done, String deed) {
        if (done) {
            did(deed);
        }
    }

    void told(Decision decision) {
        Outcome outcome = decision.outcome();
        if (outcome instanceof Granted granted) {
            did("choice " + granted.choice());
            did("rung " + granted.rung());
            if (granted.repeated()) {
                did("grant repeated");
            }
            if (granted.loadAfter() > 1) {
                did("grant on a shared slot");
            }
            if (granted.gapMillis().isPresent()) {
                did("grant with a gap");
            }
        } else if (outcome instanceof Rejected no) {
            did("rejected " + no.cause());
        } else if (outcome instanceof Released released) {
            did("released " + released.cause());
        }
    }

    void counted(PoolCounters counters) {
        didIf(counters.duplicates() > 0, "counter duplicates");
        didIf(counters.staleEpochs() > 0, "counter staleEpochs");
        didIf(counters.unknownEnds() > 0, "counter unknownEnds");
        didIf(counters.adoptionConflicts() > 0, "counter adoptionConflicts");
        didIf(counters.incompleteSnapshots() > 0, "counter incompleteSnapshots");
        didIf(counters.skewedClocks() > 0, "counter skewedClocks");
        didIf(counters.deadLetters() > 0, "counter deadLetters");
    }

    /** What was never reached, of all that there is. */
    List<String> missing() {
        List<String> all = new ArrayList<>(DEEDS);
        List.of(Choice.values()).forEach(choice -> all.add("choice " + choice));
        List.of(Rung.values()).forEach(rung -> all.add("rung " + rung));
        List.of(RejectCause.values()).forEach(cause -> all.add("rejected " + cause));
        List.of(ReleaseCause.values()).forEach(cause -> all.add("released " + cause));
        List.of(PoolCounters.class.getRecordComponents())
                .forEach(counter -> all.add("counter " + counter.getName()));
        all.removeAll(reached.keySet());
        return all;
    }

    @Override
    public String toString() {
        return new TreeMap<>(reached).toString();
    }
}
