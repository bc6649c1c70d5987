package io.exitpool.bench.core;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/** Events and decisions with numbers as large as those of a server that has run for a while. */
final class CodecSamples {
    static final int SNAPSHOT_SESSIONS = 55;

    private static final long NUMBER = PoolServer.BEGIN * 1_000;
    private static final long SEQ = 1_234_567;
    private static final int SESSION_BYTES = 16;

    private final Random random = new Random(1);
    private final OptionalLong lag = OptionalLong.of(3);
    private final Decision granted =
            decision(
                    new Granted(
                            7,
                            new Addresses(true, 0xC633_6407, true, 0x2001_0db8_0000_0000L, 7),
                            Choice.PLACED,
                            Rung.REGULAR,
                            OptionalLong.of(93_000),
                            1,
                            0,
                            false));
    private final Decision released =
            decision(new Released(7, ReleaseCause.ENDED, PoolServer.BEGIN / 1_000, 0));

    SessionEvent start() {
        return event(new SessionStarted(session(), null, null, 0));
    }

    SessionEvent end() {
        return event(new SessionEnded(session(), EndReason.SILENT));
    }

    SessionEvent snapshot() {
        List<SnapshotEntry> entries =
                IntStream.range(0, SNAPSHOT_SESSIONS)
                        .mapToObj(slot -> new SnapshotEntry(session(), slot, null))
                        .toList();
        return event(new SnapshotPart(1_000L, 0, 1, entries));
    }

    Decision granted() {
        return granted;
    }

    Decision released() {
        return released;
    }

    /** How long the event had waited. */
    OptionalLong lag() {
        return lag;
    }

    private SessionId session() {
        byte[] bytes = new byte[SESSION_BYTES];
        random.nextBytes(bytes);
        return new SessionId(bytes);
    }

    private static SessionEvent event(Object body) {
        return new SessionEvent(new AgentEvent(NUMBER, SEQ, PoolServer.BEGIN / 1_000, body));
    }

    private static Decision decision(Outcome outcome) {
        return new Decision(
                new io.exitpool.core.event.SessionId(
                        0x0123_4567_89ab_cdefL, 0x0123_4567_89ab_cdefL),
                OptionalLong.of(NUMBER),
                OptionalLong.of(NUMBER),
                OptionalLong.of(SEQ),
                OptionalLong.of(12),
                outcome);
    }
}
