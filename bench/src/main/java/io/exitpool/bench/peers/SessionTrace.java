package io.exitpool.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The endless seeded trace of one client: starts and ends of sessions on its own servers, whose
 * pools fill to about 60 % and stay there. A session ends only after {@code lag} later steps, so
 * that a client which has that many steps under way knows what became of the start. Servers belong
 * to one client each, as they have one agent each: the order of a server's events is then the order
 * in which they are answered, for every peer alike.
 */
final class SessionTrace {

    private static final double FILL = 0.6;
    private static final int SWING = 2;

    private record Live(UUID session, long startedAt) {}

    private final SplittableRandom random;
    private final int firstServer;
    private final int stride;
    private final int lag;
    private final int least;
    private final int most;
    private final List<List<Live>> live = new ArrayList<>();
    private long steps;

    /** The servers {@code client}, {@code client + clients} and so on below the fleet's number. */
    SessionTrace(Fleet fleet, int client, int clients, int lag, long seed) {
        this.random = new SplittableRandom(seed * 1_000_003 + client);
        this.firstServer = client;
        this.stride = clients;
        this.lag = lag;
        int target = (int) Math.round(fleet.slots() * FILL);
        this.least = Math.max(0, target - SWING);
        this.most = Math.min(fleet.slots() - 1, target + SWING);
        for (int server = client; server < fleet.servers(); server += clients) {
            live.add(new ArrayList<>());
        }
        if (live.isEmpty()) {
            throw new IllegalArgumentException("more clients than servers");
        }
    }

    /** Nothing when the server whose turn it is is full of sessions that are too young to end. */
    Optional<Step> next() {
        steps++;
        int index = random.nextInt(live.size());
        List<Live> sessions = live.get(index);
        if (wantsEnd(sessions.size())) {
            int leaver = leaver(sessions);
            if (leaver >= 0) {
                return step(index, removeFast(sessions, leaver), Step.Kind.END);
            }
        }
        if (sessions.size() >= most) {
            return Optional.empty();
        }
        UUID session = new UUID(random.nextLong(), random.nextLong());
        sessions.add(new Live(session, steps));
        return step(index, session, Step.Kind.START);
    }

    private boolean wantsEnd(int sessions) {
        return sessions > least && (sessions >= most || random.nextBoolean());
    }

    /** A random one that is old enough, or -1. */
    private int leaver(List<Live> sessions) {
        int offset = random.nextInt(sessions.size());
        for (int i = 0; i < sessions.size(); i++) {
            int candidate = (offset + i) % sessions.size();
            if (steps - sessions.get(candidate).startedAt() > lag) {
                return candidate;
            }
        }
        return -1;
    }

    private static UUID removeFast(List<Live> sessions, int index) {
        UUID session = sessions.get(index).session();
        Live last = sessions.remove(sessions.size() - 1);
        if (index < sessions.size()) {
            sessions.set(index, last);
        }
        return session;
    }

    private Optional<Step> step(int index, UUID session, Step.Kind kind) {
        return Optional.of(new Step(firstServer + index * stride, session, kind));
    }
}
