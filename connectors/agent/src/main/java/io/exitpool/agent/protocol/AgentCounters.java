package io.exitpool.agent.protocol;

import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.util.Map;

/**
 * What one agent has sent and heard since it started. Decisions are counted as they are read, also
 * those of sessions that have ended meanwhile.
 *
 * @param starts first starts of sessions (attempt 0)
 * @param retries starts sent again: after a rejection, a release, or silence
 * @param ends ends sent
 * @param snapshots whole snapshots sent
 * @param grants grants that were no repetition, adoptions included
 * @param adoptions grants of the slot that the session held already
 * @param repeatedGrants grants that repeated an earlier one
 * @param strayGrants grants of sessions that this agent does not have, given back at once
 * @param overtaken rejections of an event that a later one had replaced, left alone
 */
public record AgentCounters(
        long starts,
        long retries,
        long ends,
        long snapshots,
        long grants,
        long adoptions,
        long repeatedGrants,
        long strayGrants,
        long overtaken,
        Map<Rung, Long> rungs,
        Map<RejectCause, Long> rejections,
        Map<ReleaseCause, Long> releases) {
    public AgentCounters {
        rungs = Map.copyOf(rungs);
        rejections = Map.copyOf(rejections);
        releases = Map.copyOf(releases);
    }
}
