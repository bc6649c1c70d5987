package io.exitpool.streams.codec;

import io.exitpool.core.decision.Outcome;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import java.util.OptionalLong;

/** What a record's value says that statistics count, before anybody looked whose it is. */
public sealed interface Counted {

    /** A pool decided, its session and addresses left behind. */
    record Decided(long number, OptionalLong lagMillis, Outcome outcome) implements Counted {
        /**
         * The fact.
         *
         * @param time the decision's timestamp
         */
        public Fact at(long time) {
            return new Fact(number, time, lagMillis, outcome);
        }
    }

    /** Somebody was told that the server has no pool; nobody counts it. */
    record Uncounted() implements Counted {}

    /** A pool says how it is; its slot map stays behind. */
    record Status(PoolStatus status) implements Counted {}

    /** It could be decoded, but says what cannot be. */
    record Bad(String reason) implements Counted {}
}
