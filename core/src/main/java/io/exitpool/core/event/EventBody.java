package io.exitpool.core.event;

/** What happened: one of four things that an agent can report. */
public sealed interface EventBody
        permits SessionStarted, SessionEnded, SnapshotPart, ServerStarted {
    void match(Cases cases);

    /** One method for each thing that can happen; an object, so that telling them apart is free. */
    interface Cases {
        void started(SessionStarted start);

        void ended(SessionEnded end);

        void snapshotPart(SnapshotPart part);

        void serverStarted();
    }
}
