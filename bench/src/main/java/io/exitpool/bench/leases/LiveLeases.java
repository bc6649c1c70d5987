package io.exitpool.bench.leases;

import io.exitpool.bench.load.Configs;
import io.exitpool.bench.load.Configs.PoolRules;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.connection.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sessions that live on a fleet: begun by real starts, each granted a slot, and never ended. Of
 * some it is remembered which slot they have, so that it can be asked later whether they still have
 * it.
 */
public final class LiveLeases {
    private static final int SAMPLE = 1_000;

    /** Of a session whose start is not answered yet. */
    private static final int NO_SLOT = -1;

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

    private final LeasePlan plan;
    private final List<Voice> voices;
    private final DecisionTap tap;
    private final SplittableRandom random;
    private final Map<SessionId, Voice> sampled = new HashMap<>();
    private final Map<SessionId, Integer> slots = new ConcurrentHashMap<>();

    private LiveLeases(LeasePlan plan, List<Voice> voices, DecisionTap tap, long seed) {
        this.plan = plan;
        this.voices = voices;
        this.tap = tap;
        this.random = new SplittableRandom(seed);
    }

    /** Configures the pools, fills them, and returns when every start was granted. */
    public static LiveLeases fill(
            Connection connection, LeasePlan plan, Speaker speaker, DecisionTap tap, long seed) {
        Instant born = Instant.now();
        List<Voice> voices =
                plan.servers().stream()
                        .map(server -> new Voice(server, tap.partitions(), born))
                        .toList();
        LiveLeases leases = new LiveLeases(plan, voices, tap, seed);
        Configs.apply(connection, plan.fleet(), PoolRules.DEFAULT);
        leases.begin(speaker);
        return leases;
    }

    public List<Voice> voices() {
        return voices;
    }

    /** An id as agents make them. */
    public static SessionId session(SplittableRandom random) {
        byte[] bits = new byte[16];
        ByteBuffer.wrap(bits).putLong(random.nextLong()).putLong(random.nextLong());
        return new SessionId(bits);
    }

    /** What became of those that were asked after. */
    public record Kept(int asked, int kept) {
        public boolean all() {
            return asked == kept;
        }
    }

    /** Announces sampled sessions again: those that have their lease are told their slot again. */
    public Kept askAgain(Speaker speaker) {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        DecisionTap.Listener listener =
                (partition, decision, arrivedAt) -> {
                    Integer slot = slots.get(decision.getSession());
                    if (slot != null) {
                        answered.incrementAndGet();
                        if (repeats(decision, slot)) {
                            kept.incrementAndGet();
                        }
                    }
                };
        tap.add(listener);
        try {
            sampled.forEach((session, voice) -> speaker.say(voice, start(session)));
            speaker.flush();
            await("every repeated start answered", ANSWERS_WITHIN, answered, sampled.size());
        } finally {
            tap.remove(listener);
        }
        return new Kept(sampled.size(), kept.get());
    }

    private void begin(Speaker speaker) {
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger rejected = new AtomicInteger();
        DecisionTap.Listener listener =
                (partition, decision, arrivedAt) -> {
                    if (decision.getOutcome() instanceof Granted grant) {
                        slots.computeIfPresent(decision.getSession(), (s, none) -> grant.getSlot());
                        granted.incrementAndGet();
                    } else if (decision.getOutcome() instanceof Rejected) {
                        rejected.incrementAndGet();
                    }
                };
        tap.add(listener);
        try {
            for (Voice voice : voices) {
                speaker.say(voice, new ServerStarted());
                speaker.say(voice, new SnapshotPart(1L, 0, 1, List.of()));
            }
            startAll(speaker);
            speaker.flush();
            await("every start granted", STARTS_WITHIN, granted, plan.leases());
        } finally {
            tap.remove(listener);
        }
        if (rejected.get() > 0) {
            throw new IllegalStateException(rejected.get() + " starts were rejected");
        }
    }

    /** In turns, as sessions begin everywhere at once. */
    private void startAll(Speaker speaker) {
        int sampleEvery = Math.max(1, plan.leases() / SAMPLE);
        int started = 0;
        List<Voice> speaking = new ArrayList<>(voices);
        for (int round = 0; !speaking.isEmpty(); round++) {
            int done = round;
            speaking.removeIf(voice -> voice.leases() <= done);
            for (Voice voice : speaking) {
                SessionId session = session(random);
                if (started++ % sampleEvery == 0) {
                    sampled.put(session, voice);
                    slots.put(session, NO_SLOT);
                }
                speaker.say(voice, start(session));
            }
        }
    }

    private void await(String what, Duration atMost, AtomicInteger counted, int expected) {
        Patience.await(
                what,
                atMost,
                () -> {
                    tap.check();
                    return counted.get() >= expected;
                });
    }

    private static SessionStarted start(SessionId session) {
        return new SessionStarted(session, null, null, 0);
    }

    private static boolean repeats(Decision decision, int slot) {
        return decision.getOutcome() instanceof Granted granted
                && granted.getRepeated()
                && granted.getSlot() == slot;
    }
}
