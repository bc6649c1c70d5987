package io.exitpool.core.simulation;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.RecordingSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the pools said about one record; the model takes it piece by piece, until none is left. */
final class Answers {
    private final String record;
    private final Deque<RecordingSink.Told> decisions;
    private final Map<String, PoolStatus> statuses;
    private final Deque<String> deadLetters;
    private final List<String> gone;

    Answers(String record, RecordingSink sink) {
        this.record = record;
        decisions = new ArrayDeque<>(sink.takeDecisions());
        statuses = sink.takeStatuses();
        deadLetters = new ArrayDeque<>(sink.takeDeadLetters());
        gone = sink.takeGone();
    }

    /** The next decision, which must be of this server. */
    Decision peek(String server) {
        check(!decisions.isEmpty(), "a decision is missing of " + server);
        check(decisions.peek().server().equals(server), "a decision is of another server");
        return decisions.peek().decision();
    }

    Decision next(String server) {
        Decision next = peek(server);
        decisions.remove();
        return next;
    }

    void next(String server, Decision expected) {
        equal(expected, next(server), "decision");
    }

    void deadLetter(String why) {
        check(!deadLetters.isEmpty() && deadLetters.remove().contains(why), "no dead letter " + why);
    }

    PoolStatus status(String server) {
        PoolStatus status = statuses.remove(server);
        check(status != null, "no status of " + server);
        return status;
    }

    void gone(String server) {
        check(gone.remove(server), server + " is not gone");
    }

    void noneLeft() {
        check(decisions.isEmpty(), "unexpected decisions " + decisions);
        check(statuses.isEmpty(), "unexpected statuses " + statuses);
        check(deadLetters.isEmpty(), "unexpected dead letters " + deadLetters);
        check(gone.isEmpty(), "unexpectedly gone " + gone);
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
            throw new AssertionError(otherwise + "\n  left " + decisions + "\n  after " + record);
        }
    }
}
