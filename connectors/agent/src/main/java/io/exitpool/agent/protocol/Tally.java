package io.exitpool.agent.protocol;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import java.util.EnumMap;
import java.util.Map;

/** The counters of one agent while they count. */
final class Tally {
    private final Map<Rung, Long> rungs = new EnumMap<>(Rung.class);
    private final Map<RejectCause, Long> rejections = new EnumMap<>(RejectCause.class);
    private final Map<ReleaseCause, Long> releases = new EnumMap<>(ReleaseCause.class);
    private long grants;
    private long adoptions;
    private long repeatedGrants;
    long starts;
    long retries;
    long ends;
    long snapshots;
    long strayGrants;
    long overtaken;

    void count(Granted granted) {
        if (granted.getRepeated()) {
            repeatedGrants++;
            return;
        }
        grants++;
        rungs.merge(granted.getRung(), 1L, Long::sum);
        if (granted.getChoice() == Choice.ADOPTED) {
            adoptions++;
        }
    }

    void count(Rejected rejected) {
        rejections.merge(rejected.getCause(), 1L, Long::sum);
    }

    void count(Released released) {
        releases.merge(released.getCause(), 1L, Long::sum);
    }

    AgentCounters read() {
        return new AgentCounters(
                starts,
                retries,
                ends,
                snapshots,
                grants,
                adoptions,
                repeatedGrants,
                strayGrants,
                overtaken,
                rungs,
                rejections,
                releases);
    }
}
