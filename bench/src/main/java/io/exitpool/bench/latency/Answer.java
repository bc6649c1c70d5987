package io.exitpool.bench.latency;

import io.exitpool.bench.latency.Question.Kind;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.Released;

/**
 * What a decision says of the question that it answers. The floors' answers are decisions too, all
 * alike but for the session, so that every application is measured by the same reader.
 *
 * @param refused a start was rejected: its end, if one comes, has nothing to release and is not
 *     answered
 */
record Answer(Question question, boolean refused) {

    static Answer of(Decision decision) {
        Object outcome = decision.getOutcome();
        Kind kind = outcome instanceof Released ? Kind.END : Kind.START;
        return new Answer(
                Question.of(decision.getSession().bytes(), kind), outcome instanceof Rejected);
    }
}
