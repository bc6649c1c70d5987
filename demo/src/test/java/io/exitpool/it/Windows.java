package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.GrantCounts;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.RejectionCounts;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.ReleaseCounts;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The short windows that the topic had at one moment, and what they count. */
final class Windows {
    private final Map<String, List<PoolStats>> servers = new HashMap<>();

    private Windows() {}

    static Windows read(Connection connection) {
        Windows windows = new Windows();
        TopicReader.readToEnd(
                connection,
                Topics.POOL_STATS_1M,
                entry ->
                        windows.servers
                                .computeIfAbsent(entry.key(), server -> new ArrayList<>())
                                .add(entry.value()));
        return windows;
    }

    /** In the order in which they were told. */
    List<PoolStats> of(String server) {
        return servers.getOrDefault(server, List.of());
    }

    /** When the last one ended, in milliseconds since 1970; 0 without any. */
    long end(String server) {
        List<PoolStats> windows = of(server);
        return windows.isEmpty() ? 0 : end(windows.get(windows.size() - 1));
    }

    static long end(PoolStats window) {
        return window.getWindowStart() + window.getWindowMillis();
    }

    /** Each begins where the one before ended: none is missing, none was told twice. */
    void assertGapless(String server) {
        long next = of(server).get(0).getWindowStart();
        for (PoolStats window : of(server)) {
            assertThat(window.getWindowStart()).as("next window of %s", server).isEqualTo(next);
            next = end(window);
        }
    }

    long lost(String server) {
        return of(server).stream().mapToLong(PoolStats::getLostDecisions).sum();
    }

    /** Decisions by what they were, over all windows; what did not happen is left out. */
    Map<String, Long> counts(String server) {
        Map<String, Long> counts = new TreeMap<>();
        for (PoolStats window : of(server)) {
            GrantCounts grants = window.getGrants();
            add(counts, "starts", window.getStarts());
            add(counts, "granted " + Rung.REGULAR, grants.getRegular());
            add(counts, "granted " + Rung.REST_CAPPED, grants.getRestCapped());
            add(counts, "granted " + Rung.REST_SHORTENED, grants.getRestShortened());
            add(counts, "granted " + Rung.SHARED, grants.getShared());
            add(counts, "adopted", grants.getAdopted());
            add(counts, "repeated", grants.getRepeated());
            RejectionCounts rejections = window.getRejections();
            add(counts, "rejected " + RejectCause.EXHAUSTED, rejections.getExhausted());
            add(counts, "rejected " + RejectCause.NOT_SYNCED, rejections.getNotSynced());
            add(counts, "rejected " + RejectCause.DRAINING, rejections.getDraining());
            add(counts, "rejected " + RejectCause.STALE_EPOCH, rejections.getStaleEpoch());
            add(counts, "rejected " + RejectCause.POOL_FAILED, rejections.getPoolFailed());
            ReleaseCounts releases = window.getReleases();
            add(counts, "released " + ReleaseCause.ENDED, releases.getEnded());
            add(counts, "released " + ReleaseCause.VANISHED, releases.getVanished());
            add(counts, "released " + ReleaseCause.RESET, releases.getReset());
            add(counts, "released " + ReleaseCause.EXPIRED, releases.getExpired());
            add(counts, "released " + ReleaseCause.OPERATOR, releases.getOperator());
            add(counts, "released " + ReleaseCause.PASSED_ON, releases.getPassedOn());
        }
        return counts;
    }

    /** The same, counted from the decisions themselves. */
    static Map<String, Long> counts(List<Decision> decisions) {
        Map<String, Long> counts = new TreeMap<>();
        for (Decision decision : decisions) {
            Object outcome = decision.getOutcome();
            if (outcome instanceof Granted granted) {
                boolean adopted = granted.getChoice() == Choice.ADOPTED;
                boolean regular = !granted.getRepeated() && !adopted;
                add(counts, "repeated", granted.getRepeated() ? 1 : 0);
                add(counts, "adopted", adopted && !granted.getRepeated() ? 1 : 0);
                add(counts, "granted " + granted.getRung(), regular ? 1 : 0);
                add(counts, "starts", regular && granted.getAttempt() == 0 ? 1 : 0);
            } else if (outcome instanceof Rejected rejected) {
                boolean exhausted = rejected.getCause() == RejectCause.EXHAUSTED;
                add(counts, "rejected " + rejected.getCause(), 1);
                add(counts, "starts", exhausted && rejected.getAttempt() == 0 ? 1 : 0);
            } else if (outcome instanceof Released released) {
                add(counts, "released " + released.getCause(), 1);
            }
        }
        return counts;
    }

    /** All decisions that were counted, each once. */
    static long decisions(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> !count.getKey().equals("starts"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void add(Map<String, Long> counts, String what, long more) {
        if (more > 0) {
            counts.merge(what, more, Long::sum);
        }
    }
}
