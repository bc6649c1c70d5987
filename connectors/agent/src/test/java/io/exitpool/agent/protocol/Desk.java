package io.exitpool.agent.protocol;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/**
 * An agent on a desk: its time is set by hand, the allocator's answers are written by hand, and
 * everything that it does, events and changes of the exit map alike, stands in one list of short
 * lines. Sessions are called s1, s2 ... in the order in which they are first heard of.
 */
final class Desk {
    static final long EPOCH = 1_795_345_261_000_000L;

    private final List<String> done = new ArrayList<>();
    private final List<SessionId> sessions = new ArrayList<>();
    final List<AgentEvent> events = new ArrayList<>();
    final Map<String, Integer> map = new TreeMap<>();
    final Agent agent;
    long now = 1_795_345_261_856L;

    Desk() {
        this(AgentSettings.DEFAULT, Wish.NONE);
    }

    Desk(AgentSettings settings, Wish wish) {
        agent =
                new Agent(
                        settings,
                        wish,
                        new Random(1),
                        this::heard,
                        new Entries(),
                        AgentObserver.NONE);
    }

    /** What was done since the last call, with the seqs. */
    List<String> done() {
        List<String> lines = List.copyOf(done);
        done.clear();
        return lines;
    }

    Desk start(Map<? extends Peer, Integer> held) {
        agent.start(EPOCH, held, now);
        return this;
    }

    /** An agent that has begun with nothing, and whose beginning is not of interest. */
    Desk started() {
        start(Map.of());
        done();
        return this;
    }

    /** The peer's tunnel comes up and its session gets the slot: s1 at seq 3 of a fresh agent. */
    Desk admitted(Peer peer, int slot) {
        up(peer);
        grant("s" + sessions.size(), slot);
        done();
        return this;
    }

    void up(Peer peer) {
        agent.tunnelUp(peer, now);
    }

    void down(Peer peer) {
        agent.tunnelDown(peer, EndReason.SILENT, now);
    }

    void tick(long millis) {
        now += millis;
        agent.tick(now);
    }

    void grant(String session, int slot) {
        decide(session, EPOCH, seq(), granted(slot, Choice.PLACED, false));
    }

    static Granted granted(int slot, Choice choice, boolean repeated) {
        Ipv4 v4 = new Ipv4(new byte[] {(byte) 203, 0, 113, (byte) slot});
        Ipv6 v6 = new Ipv6(ByteBuffer.allocate(16).putInt(0x20010db8).put(15, (byte) slot).array());
        return new Granted(slot, v4, v6, choice, Rung.REGULAR, null, 1, 0, repeated);
    }

    void reject(String session, RejectCause cause, long retryAfter) {
        reject(session, seq(), cause, retryAfter);
    }

    void reject(String session, long seq, RejectCause cause, long retryAfter) {
        decide(session, EPOCH, seq, new Rejected(cause, retryAfter, 0));
    }

    void release(String session, int slot, ReleaseCause cause) {
        release(session, null, slot, cause);
    }

    void release(String session, Long seq, int slot, ReleaseCause cause) {
        decide(session, EPOCH, seq, new Released(slot, cause, now / 1000, 0));
    }

    void decide(String session, Long epoch, Long seq, Object outcome) {
        int number = Integer.parseInt(session.substring(1));
        SessionId id =
                number <= sessions.size() ? sessions.get(number - 1) : new SessionId(new byte[16]);
        agent.decision(new Decision(id, null, epoch, seq, 1L, null, outcome), now);
    }

    /** The last event's. */
    long seq() {
        return events.get(events.size() - 1).getSeq();
    }

    private void heard(AgentEvent event) {
        events.add(event);
        done.add(event.getSeq() + " " + shown(event.getBody()));
    }

    private String shown(Object body) {
        if (body instanceof ServerStarted) {
            return "server started";
        }
        if (body instanceof SessionStarted start) {
            return "start "
                    + name(start.getSession())
                    + (start.getAttempt() == 0 ? "" : " attempt " + start.getAttempt())
                    + slot(" held ", start.getHeld())
                    + slot(" wanted ", start.getWanted());
        }
        if (body instanceof SessionEnded end) {
            return "end " + name(end.getSession()) + " " + end.getReason();
        }
        SnapshotPart part = (SnapshotPart) body;
        return "snapshot "
                + part.getSnapshot()
                + (part.getParts() == 1 ? "" : " " + part.getPart() + "/" + part.getParts())
                + part.getEntries().stream()
                        .map(this::shown)
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    private String shown(SnapshotEntry entry) {
        return name(entry.getSession())
                + slot(" held ", entry.getHeld())
                + slot(" wanted ", entry.getWanted());
    }

    private String name(SessionId session) {
        if (!sessions.contains(session)) {
            sessions.add(session);
        }
        return "s" + (sessions.indexOf(session) + 1);
    }

    private static String slot(String word, Integer slot) {
        return slot == null ? "" : word + slot;
    }

    private final class Entries implements ExitMap {
        @Override
        public void apply(Peer tunnel, int slot, Ipv4 v4, Ipv6 v6) {
            map.put(tunnel.toString(), slot);
            done.add("map " + tunnel + " to " + slot);
        }

        @Override
        public void remove(Peer tunnel) {
            map.remove(tunnel.toString());
            done.add("unmap " + tunnel);
        }
    }

    /** A peer with a name. */
    record Named(String name) implements Peer {
        @Override
        public long keyed(Mac mac) {
            return ByteBuffer.wrap(
                            mac.doFinal(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .getLong();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Named peer(String name) {
        return new Named(name);
    }

    /** Many peers, p0 and so on. */
    static <T> List<T> peers(int count, Function<Named, T> each) {
        List<T> peers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            peers.add(each.apply(peer("p" + i)));
        }
        return peers;
    }
}
