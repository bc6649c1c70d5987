package io.exitpool.core.event;

/** An agent begins its epoch; its first snapshot follows at once. */
public record ServerStarted() implements EventBody {
    @Override
    public void match(Cases cases) {
        cases.serverStarted();
    }
}
