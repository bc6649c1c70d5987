package io.exitpool.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.agent.protocol.AgentCounters;
import io.exitpool.agent.wireguard.DownReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A replay's result for people and programs: peers by their numbers, times in seconds since the
 * first dump, addresses; no key and no session id.
 */
public final class ReplayReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROW = "%4s  %7s  %7s  %-14s  %-15s  %-24s  %s%n";

    private ReplayReport() {}

    /** A table of the sessions and a line that sums them up. */
    public static String text(ReplayResult result) {
        StringBuilder text = new StringBuilder();
        text.append(row("peer", "from", "to", "why it ended", "IPv4", "IPv6", "how"));
        for (ReplaySession session : result.sessions()) {
            text.append(row(session));
        }
        AgentCounters counters = result.counters();
        text.append(
                "%n%s: %s in %s of capture; %s, %s, %s%n"
                        .formatted(
                                result.server(),
                                count(result.sessions().size(), "session"),
                                clock(result.seconds()),
                                count(counters.grants(), "grant"),
                                count(total(counters.rejections()), "rejection"),
                                count(total(counters.releases()), "release")));
        problems(result).forEach(problem -> text.append(problem).append(System.lineSeparator()));
        return text.toString();
    }

    /** One JSON object. */
    public static String json(ReplayResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("server", result.server());
        json.put("seconds", result.seconds());
        json.put("sessions", result.sessions().stream().map(ReplayReport::json).toList());
        json.put("counters", json(result.counters()));
        json.put("unanswered", result.unanswered());
        json.put("undelivered", result.undelivered());
        json.put("complete", result.complete());
        return written(json);
    }

    static String written(Map<String, Object> json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain maps are always JSON", e);
        }
    }

    static Map<String, Object> json(AgentCounters counters) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("starts", counters.starts());
        json.put("retries", counters.retries());
        json.put("ends", counters.ends());
        json.put("snapshots", counters.snapshots());
        json.put("grants", counters.grants());
        json.put("adoptions", counters.adoptions());
        json.put("rungs", counters.rungs());
        json.put("rejections", counters.rejections());
        json.put("releases", counters.releases());
        return json;
    }

    private static Map<String, Object> json(ReplaySession session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peer", session.peer());
        json.put("start", session.startSecond());
        json.put("end", session.endSecond().isPresent() ? session.endSecond().getAsLong() : null);
        json.put("reason", session.reason().map(DownReason::name).orElse(null));
        json.put("slot", session.lease().map(ReplaySession.Lease::slot).orElse(null));
        json.put("v4", session.lease().flatMap(ReplaySession.Lease::v4).orElse(null));
        json.put("v6", session.lease().flatMap(ReplaySession.Lease::v6).orElse(null));
        json.put("choice", session.lease().map(lease -> lease.choice().name()).orElse(null));
        json.put("rung", session.lease().map(lease -> lease.rung().name()).orElse(null));
        json.put("rejection", session.rejection().map(Enum::name).orElse(null));
        return json;
    }

    /** What keeps the result from being complete, each with what to do. */
    static List<String> problems(ReplayResult result) {
        List<String> problems = new ArrayList<>();
        if (result.supersededBy().isPresent()) {
            problems.add(superseded(result.server()));
        } else if (result.unanswered() > 0) {
            problems.add(
                    count(result.unanswered(), "event")
                            + " without an answer: does the allocator run (./exitpool run), and is "
                            + result.server()
                            + " configured (./exitpool pools list)?");
        }
        if (result.undelivered() > 0) {
            problems.add(
                    count(result.undelivered(), "event") + " did not reach Kafka: see the log");
        }
        return problems;
    }

    static String superseded(String server) {
        return "Another agent of "
                + server
                + " has begun a later epoch, so this one stopped. Let only one run";
    }

    private static String row(ReplaySession session) {
        return row(
                String.valueOf(session.peer()),
                clock(session.startSecond()),
                session.endSecond().isPresent() ? clock(session.endSecond().getAsLong()) : "",
                session.reason().map(ReplayReport::words).orElse("lives"),
                session.lease().flatMap(ReplaySession.Lease::v4).orElse("-"),
                session.lease().flatMap(ReplaySession.Lease::v6).orElse("-"),
                how(session));
    }

    private static String how(ReplaySession session) {
        Optional<String> lease =
                session.lease().map(l -> words(l.choice()) + ", " + words(l.rung()));
        Optional<String> rejection = session.rejection().map(cause -> "rejected: " + words(cause));
        return lease.map(l -> rejection.map(r -> r + ", then " + l).orElse(l))
                .orElse(rejection.orElse("no answer"));
    }

    private static String row(Object... cells) {
        return ROW.formatted(cells).stripTrailing() + System.lineSeparator();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String clock(long seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
