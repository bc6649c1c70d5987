package io.exitpool.core.decision;

import java.util.function.Function;

/** The three things that can be decided about a session. */
public sealed interface Outcome permits Granted, Rejected, Released {
    <R> R match(
            Function<Granted, R> granted,
            Function<Rejected, R> rejected,
            Function<Released, R> released);
}
