package io.exitpool.core.simulation;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.RecordingSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the pools said about one record; the model takes it piece by piece, until none is left. */
final class Answers {
    private final Object record;
    private final List<RecordingSink.Told> told;
    private final Map<String, Deque<Decision>> decisions = new HashMap<>();
    private final Map<String, PoolStatus> statuses;
    private final Deque<String> deadLetters;
    private final List<String> gone;

    /**
     * @param record what the pools were told, for the message when they are wrong
     */
    Answers(Object record, RecordingSink sink) {
        this.record = record;
        told = sink.takeDecisions();
        for (RecordingSink.Told one : told) {
            decisions.computeIfAbsent(one.server(), s -> new ArrayDeque<>()).add(one.decision());
        }
        statuses = sink.takeStatuses();
        deadLetters = new ArrayDeque<>(sink.takeDeadLetters());
        gone = sink.takeGone();
    }

    /** Every decision, in the order told. */
    List<RecordingSink.Told> told() {
        return told;
    }

    /** The next decision of the server. */
    Decision peek(String server) {
        Deque<Decision> its = decisions.get(server);
        check(its != null && !its.isEmpty(), "a decision of " + server + " is missing");
        return its.peek();
    }

    void next(String server, Decision expected) {
        equal(expected, peek(server), "decision");
        decisions.get(server).remove();
    }

    void deadLetter(String why) {
        String letter = deadLetters.poll();
        check(letter != null && letter.contains(why), "a dead letter is missing: " + why);
    }

    PoolStatus status(String server) {
        PoolStatus status = statuses.remove(server);
        check(status != null, "a status of " + server + " is missing");
        return status;
    }

    void gone(String server) {
        check(gone.remove(server), server + " is not gone");
    }

    void noneLeft() {
        decisions.values().forEach(its -> check(its.isEmpty(), "one too many: " + its.peek()));
        check(statuses.isEmpty(), "unexpected statuses");
        check(deadLetters.isEmpty(), "unexpected dead letter");
        check(gone.isEmpty(), "unexpectedly gone");
    }

    void equal(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(
                    "%s%n  expected %s%n  but was  %s%n  after %s"
                            .formatted(what, expected, actual, record));
        }
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + "\n  after " + record);
        }
    }
}
