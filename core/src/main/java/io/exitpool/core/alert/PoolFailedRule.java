package io.exitpool.core.alert;

import java.util.Optional;

/** The pool's books do not add up: it rejects every start until it is rebuilt. */
final class PoolFailedRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        boolean failed = situation.status().failed().isPresent();
        return Reading.of(failed ? 1 : 0, 1, failed, !failed);
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, 0);
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        return new Story(
                "failed pools",
                "The pool's books do not add up; all its starts are rejected.",
                situation.status().failed(),
                "Keep the dead letter and report it, then run `pools rebuild "
                        + situation.server()
                        + "`.");
    }
}
