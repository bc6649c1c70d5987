package io.exitpool.core.event;

/** A session is over and its address is no longer in use. */
public record SessionEnded(SessionId session) implements EventBody {
    @Override
    public void match(Cases cases) {
        cases.ended(this);
    }
}
