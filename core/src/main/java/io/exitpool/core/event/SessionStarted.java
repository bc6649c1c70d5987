package io.exitpool.core.event;

import java.util.OptionalInt;

/**
 * A session wants an exit address.
 *
 * @param held id of the slot that the session uses already
 * @param wanted id of the slot that the exit server asks for: a wish, not a right
 * @param attempt 0 for the first start of this session, one more for each retry
 */
public record SessionStarted(SessionId session, OptionalInt held, OptionalInt wanted, int attempt)
        implements EventBody {
    public SessionStarted {
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt is below 0");
        }
    }

    @Override
    public void match(Cases cases) {
        cases.started(this);
    }
}
