package io.exitpool.core.event;

import java.util.OptionalInt;

/** One live session: with the slot it uses, or, for an unanswered start, the one it asks for. */
public record SnapshotEntry(SessionId session, OptionalInt held, OptionalInt wanted) {}
