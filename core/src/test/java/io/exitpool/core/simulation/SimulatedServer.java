package io.exitpool.core.simulation;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * An exit server whose agent does most things right, on a bad day: events are lost, repeated and
 * late, it restarts, crashes, falls silent, and now and then says what is not so.
 */
final class SimulatedServer {
    private static final int REMEMBERED = 40;

    final String name;
    private final Random random;

    private long epoch;
    private long seq;
    private long snapshot;
    private final Set<Long> epochs = new HashSet<>();

    /** Live sessions with the slots that they use. */
    private final Map<SessionId, OptionalInt> live = new LinkedHashMap<>();

    private final Map<SessionId, Integer> rejected = new LinkedHashMap<>();
    private final Deque<SnapshotPart> parts = new ArrayDeque<>();
    private final List<AgentEvent> said = new ArrayList<>();
    private final List<AgentEvent> ofOlderEpochs = new ArrayList<>();

    private long snapshotDue;
    private long silentUntil;
    private int wishedSessions = 5;

    SimulatedServer(String name, Random random) {
        this.name = name;
        this.random = random;
    }

    /** What it says now, if anything; {@code capacity} is what its pool can carry. */
    Optional<AgentEvent> speak(long now, int capacity, long ttl) {
        if (now < silentUntil) {
            return Optional.empty();
        }
        if (epoch == 0 || chance(500)) {
            return Optional.of(restart(now));
        }
        if (!parts.isEmpty() && !chance(40)) {
            return say(now, nextPart());
        }
        if (now >= snapshotDue) {
            listSessions(now);
            return Optional.empty();
        }
        if (chance(60)) {
            wishedSessions = random.nextInt(2 + capacity + capacity / 2);
        }
        return switch (random.nextInt(200)) {
            case 0 -> fallSilent(now, ttl);
            case 1 -> Optional.of(absurd(now));
            case 2, 3, 4 -> again(ofOlderEpochs);
            case 5, 6, 7, 8, 9, 10 -> again(said);
            case 11, 12 -> say(now, new SessionEnded(freshId()));
            case 13 -> skewed(now);
            case 14, 15, 16 -> vanish();
            case 17, 18 -> say(now, claim());
            case 19, 20, 21 -> repeatStart(now);
            case 22, 23, 24, 25, 26, 27, 28, 29 -> retry(now);
            default -> live.size() < wishedSessions ? startOne(now) : endOne(now);
        };
    }

    /** An operator forgot the epoch: the agent begins one that may be lower than the last. */
    void epochWasReset() {
        ofOlderEpochs.clear();
        said.clear();
        long next = epoch;
        while (!epochs.add(next)) {
            next = Math.max(1, epoch - 1_000 + random.nextInt(2_000));
        }
        begin(next);
    }

    void hear(Decision decision, long now) {
        SessionId session = decision.session();
        if (decision.outcome() instanceof Granted granted) {
            live.computeIfPresent(session, (id, slot) -> OptionalInt.of(granted.slot()));
        } else if (decision.outcome() instanceof Rejected no && live.remove(session) != null) {
            rejected.put(session, no.attempt() + 1);
        } else if (decision.outcome() instanceof Released released) {
            hearRelease(session, released.cause(), now);
        }
    }

    private void hearRelease(SessionId session, ReleaseCause cause, long now) {
        if (cause == ReleaseCause.OPERATOR) {
            live.remove(session);
        } else if (cause == ReleaseCause.EXPIRED || cause == ReleaseCause.RESET) {
            snapshotDue = now;
        }
    }

    private AgentEvent restart(long now) {
        boolean crashed = chance(3);
        if (crashed) {
            live.clear();
        } else if (!chance(4)) {
            // The tunnels live on; the new agent knows them by new ids.
            List<OptionalInt> slots = new ArrayList<>(live.values());
            live.clear();
            slots.forEach(slot -> live.put(freshId(), slot));
        }
        rejected.clear();
        ofOlderEpochs.addAll(said);
        said.clear();
        long next = Math.max(epoch + 1, now * 1_000);
        while (!epochs.add(next)) {
            next++;
        }
        begin(next);
        snapshotDue = now + (chance(3) ? random.nextInt(20_000) : 0);
        return number(now, new ServerStarted());
    }

    private void begin(long next) {
        epoch = next;
        seq = 0;
        snapshot = 0;
        parts.clear();
    }

    private void listSessions(long now) {
        List<SnapshotEntry> entries = new ArrayList<>();
        live.forEach(
                (session, slot) -> {
                    boolean unanswered = slot.isEmpty() || chance(50);
                    OptionalInt held = unanswered ? OptionalInt.empty() : slot;
                    OptionalInt lie = chance(60) ? anySlot() : held;
                    entries.add(new SnapshotEntry(session, lie, unanswered ? wish() : held));
                });
        if (chance(10) && !entries.isEmpty()) {
            entries.add(entries.get(random.nextInt(entries.size())));
        }
        if (chance(20)) {
            entries.add(new SnapshotEntry(freshId(), anySlot(), OptionalInt.empty()));
        }
        Collections.shuffle(entries, random);
        int n = chance(2) ? 1 : 1 + random.nextInt(4);
        snapshot++;
        parts.clear();
        for (int part = 0; part < n; part++) {
            parts.add(
                    new SnapshotPart(
                            snapshot,
                            part,
                            n,
                            List.copyOf(
                                    entries.subList(
                                            entries.size() * part / n,
                                            entries.size() * (part + 1) / n))));
        }
        if (n > 2 && chance(10)) {
            parts.addLast(parts.removeFirst());
        }
        snapshotDue = now + 5_000 + random.nextInt(25_000);
    }

    private SnapshotPart nextPart() {
        if (parts.size() > 1 && chance(50)) {
            parts.remove();
        }
        return parts.remove();
    }

    private Optional<AgentEvent> startOne(long now) {
        SessionId session = freshId();
        live.put(session, OptionalInt.empty());
        OptionalInt held = chance(30) ? anySlot() : OptionalInt.empty();
        return say(now, new SessionStarted(session, held, wish(), 0));
    }

    private Optional<AgentEvent> endOne(long now) {
        Optional<SessionId> session = any(live);
        session.ifPresent(live::remove);
        return session.flatMap(id -> say(now, new SessionEnded(id)));
    }

    /** Gone without an end. */
    private Optional<AgentEvent> vanish() {
        any(live).ifPresent(live::remove);
        return Optional.empty();
    }

    private Optional<AgentEvent> repeatStart(long now) {
        return any(live).flatMap(id -> say(now, new SessionStarted(id, live.get(id), wish(), 1)));
    }

    private Optional<AgentEvent> retry(long now) {
        Optional<SessionId> session = any(rejected);
        session.ifPresent(id -> live.put(id, OptionalInt.empty()));
        return session.flatMap(
                id ->
                        say(
                                now,
                                new SessionStarted(
                                        id, OptionalInt.empty(), wish(), rejected.remove(id))));
    }

    /** Claims a slot that it may not have. */
    private SessionStarted claim() {
        SessionId session = freshId();
        live.put(session, OptionalInt.empty());
        return new SessionStarted(session, anySlot(), OptionalInt.empty(), 0);
    }

    private Optional<AgentEvent> fallSilent(long now, long ttl) {
        silentUntil = now + random.nextLong(2 * ttl);
        return Optional.empty();
    }

    private Optional<AgentEvent> again(List<AgentEvent> from) {
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(from.get(random.nextInt(from.size())));
    }

    private AgentEvent absurd(long now) {
        return new AgentEvent(
                (now + 86_400_001L + random.nextInt(10_000)) * 1_000, 1, now / 1000, starting());
    }

    private Optional<AgentEvent> skewed(long now) {
        long off = (random.nextBoolean() ? 1 : -1) * (299 + random.nextInt(600));
        return Optional.of(new AgentEvent(epoch, ++seq, now / 1000 + off, starting()));
    }

    private SessionStarted starting() {
        return new SessionStarted(freshId(), OptionalInt.empty(), OptionalInt.empty(), 0);
    }

    private Optional<AgentEvent> say(long now, EventBody body) {
        AgentEvent event = number(now, body);
        return chance(40) ? Optional.empty() : Optional.of(event);
    }

    private AgentEvent number(long now, EventBody body) {
        AgentEvent event = new AgentEvent(epoch, ++seq, now / 1000, body);
        said.add(event);
        if (said.size() > REMEMBERED) {
            said.remove(0);
        }
        if (ofOlderEpochs.size() > REMEMBERED) {
            ofOlderEpochs.remove(0);
        }
        return event;
    }

    private OptionalInt wish() {
        return chance(4) ? anySlot() : OptionalInt.empty();
    }

    private OptionalInt anySlot() {
        return OptionalInt.of(random.nextInt(30));
    }

    private SessionId freshId() {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    private Optional<SessionId> any(Map<SessionId, ?> from) {
        return from.keySet().stream().skip(random.nextInt(from.size() + 1)).findFirst();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
