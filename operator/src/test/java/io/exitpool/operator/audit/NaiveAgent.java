package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SnapshotEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * An agent that follows the protocol with a tunnel opened or closed now and then, and to which
 * everything happens that happens to agents: restarts, crashes, silences, events lost, repeated, or
 * of another life.
 */
final class NaiveAgent {
    private final RandomGenerator random;
    private final Consumer<AgentEvent> link;

    /** Live sessions and the slot each holds; null while it has none. */
    private final Map<Long, Integer> sessions = new LinkedHashMap<>();

    private final List<AgentEvent> sent = new ArrayList<>();
    private long nextSession;
    private long epoch;
    private long seq;
    private long snapshots;
    private long now;
    private long lastSnapshot;
    private long silentUntil;
    private boolean mustSync;

    NaiveAgent(RandomGenerator random, int index, long firstEpoch, Consumer<AgentEvent> link) {
        this.random = random;
        this.link = link;
        epoch = firstEpoch;
        nextSession = index * 1_000_000L;
    }

    /** The server's pool knows of no event before now, so none is repeated to it. */
    void forget() {
        sent.clear();
    }

    /** Does one thing. */
    void act(long at) {
        now = at;
        if (now < silentUntil) {
            return;
        }
        if (seq == 0) {
            restart();
        } else if (mustSync || now - lastSnapshot >= 30_000) {
            snapshot();
        } else {
            any();
        }
    }

    void hear(SessionId id, Object outcome) {
        long session = Records.number(id);
        if (!sessions.containsKey(session)) {
            return;
        }
        if (outcome instanceof Granted granted) {
            sessions.put(session, granted.getSlot());
        } else if (outcome instanceof Rejected rejected) {
            mustSync |= rejected.getCause() == RejectCause.NOT_SYNCED;
            boolean lost = rejected.getCause() == RejectCause.STALE_EPOCH;
            if (lost || sessions.get(session) == null) {
                sessions.remove(session);
            }
        } else if (outcome instanceof Released released) {
            boolean ordered = released.getCause() == ReleaseCause.OPERATOR;
            mustSync |= !ordered;
            if (ordered) {
                sessions.remove(session);
            }
        }
    }

    private void any() {
        switch (random.nextInt(60)) {
            case 0 -> restart();
            case 1 -> {
                sessions.clear();
                restart();
            }
            case 2 -> silentUntil = now + random.nextInt(150_000);
            case 3, 4 -> repeat();
            case 5 -> foreign();
            case 6 -> malformed();
            case 7 -> startAgain();
            case 8 -> loseAnEnd();
            case 9 -> say(Records.end(nextSession + 500_000));
            case 10 -> brokenSnapshot();
            case 11, 12 -> snapshot();
            default -> {
                if (sessions.size() < random.nextInt(12)) {
                    start();
                } else {
                    end();
                }
            }
        }
    }

    /** Tunnels that outlived the agent get new ids and keep their slots. */
    private void restart() {
        List<Integer> held = new ArrayList<>(sessions.values());
        sessions.clear();
        held.forEach(slot -> sessions.put(nextSession++, slot));
        epoch = Math.max(epoch + 1, now * 1_000);
        seq = 0;
        say(Records.serverStarted());
        snapshot();
    }

    private void snapshot() {
        mustSync = false;
        lastSnapshot = now;
        List<SnapshotEntry> entries = entries();
        int parts = entries.size() > 3 ? 2 : 1;
        snapshots++;
        for (int part = 0; part < parts; part++) {
            int from = part * 3;
            int until = part == parts - 1 ? entries.size() : 3;
            say(Records.part(snapshots, part, parts, entries.subList(from, until)));
        }
    }

    /** A part is lost, or a start comes between two parts. */
    private void brokenSnapshot() {
        List<SnapshotEntry> entries = entries();
        int middle = entries.size() / 2;
        snapshots++;
        say(Records.part(snapshots, 0, 2, entries.subList(0, middle)));
        if (random.nextBoolean()) {
            start();
            say(Records.part(snapshots, 1, 2, entries.subList(middle, entries.size())));
        }
    }

    private List<SnapshotEntry> entries() {
        List<SnapshotEntry> entries = new ArrayList<>();
        sessions.forEach((session, slot) -> entries.add(Records.entry(session, slot)));
        return entries;
    }

    private void start() {
        long session = nextSession++;
        sessions.put(session, null);
        Integer wanted = random.nextInt(4) == 0 ? random.nextInt(8) : null;
        Integer held = random.nextInt(10) == 0 ? random.nextInt(8) : null;
        say(Records.start(session, held, wanted, random.nextInt(3)));
    }

    private void startAgain() {
        if (!sessions.isEmpty()) {
            long session = any(new ArrayList<>(sessions.keySet()));
            say(Records.start(session, sessions.get(session), null, 1));
        }
    }

    private void end() {
        if (!sessions.isEmpty()) {
            long session = any(new ArrayList<>(sessions.keySet()));
            sessions.remove(session);
            say(Records.end(session));
        }
    }

    private void loseAnEnd() {
        if (!sessions.isEmpty()) {
            sessions.remove(any(new ArrayList<>(sessions.keySet())));
        }
    }

    /** The network delivers an old event once more. */
    private void repeat() {
        if (sent.isEmpty()) {
            return;
        }
        AgentEvent old = sent.get(random.nextInt(sent.size()));
        if (old.getEpoch() <= epoch) {
            link.accept(old);
        }
    }

    /** A past life of the agent is still speaking. */
    private void foreign() {
        boolean starts = random.nextBoolean();
        long session = nextSession++;
        link.accept(
                event(
                        epoch - 1_000,
                        900 + random.nextInt(100),
                        starts ? Records.start(session, null, null, 0) : Records.end(session)));
    }

    /** What is a dead letter takes no effect. */
    private void malformed() {
        link.accept(
                event((now + 90_000_000) * 1_000, 1, Records.start(nextSession++, null, null, 0)));
    }

    private void say(Object body) {
        AgentEvent event = event(epoch, ++seq, body);
        sent.add(event);
        // Some ends are lost on the way; the agent's next snapshot repairs it.
        boolean lost = body instanceof SessionEnded && random.nextInt(30) == 0;
        if (!lost) {
            link.accept(event);
        }
    }

    private AgentEvent event(long ofEpoch, long number, Object body) {
        return new AgentEvent(ofEpoch, number, now / 1_000, body);
    }

    private long any(List<Long> some) {
        return some.get(random.nextInt(some.size()));
    }
}
