package io.exitpool.bench.recovery;

import io.exitpool.bench.leases.LiveLeases;
import io.exitpool.bench.leases.Speaker;
import io.exitpool.bench.leases.Voice;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that come and go while an instance dies: so many starts a second, in turns over the
 * partitions, and each session's end some seconds later. It remembers when it announced which.
 */
final class LightLoad implements AutoCloseable {
    private static final int HELD_SECONDS = 5;

    private final Speaker speaker;
    private final int rate;
    private final List<List<Voice>> byPartition;
    private final SplittableRandom random;

    /** Ended ones too: while nobody answers, sessions end before their start is decided. */
    private final Map<SessionId, Long> announced = new ConcurrentHashMap<>();

    private final Deque<Live> live = new ArrayDeque<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::speak, "light-load");
    private volatile boolean closed;

    private LightLoad(Speaker speaker, List<Voice> voices, int rate, long seed) {
        this.speaker = speaker;
        this.rate = rate;
        this.random = new SplittableRandom(seed);
        Map<Integer, List<Voice>> grouped = new TreeMap<>();
        for (Voice voice : voices) {
            grouped.computeIfAbsent(voice.partition(), p -> new ArrayList<>()).add(voice);
        }
        this.byPartition = List.copyOf(grouped.values());
    }

    /**
     * @param rate starts a second
     */
    static LightLoad start(Speaker speaker, List<Voice> voices, int rate, long seed) {
        LightLoad load = new LightLoad(speaker, voices, rate, seed);
        load.thread.start();
        return load;
    }

    /** {@link System#nanoTime} when the session was announced, if it is one of this load's. */
    Optional<Long> announcedAt(SessionId session) {
        return Optional.ofNullable(announced.get(session));
    }

    /** Throws what ended the load, if something did. */
    void check() {
        RuntimeException e = failure.get();
        if (e != null) {
            throw new IllegalStateException("the load has ended", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Live(Voice voice, SessionId session) {}

    private void speak() {
        long gap = TimeUnit.SECONDS.toNanos(1) / rate;
        long due = System.nanoTime();
        try {
            for (int turn = 0; !closed; turn++) {
                begin(byPartition.get(turn % byPartition.size()));
                if (live.size() > rate * HELD_SECONDS) {
                    end(live.removeFirst());
                }
                due += gap;
                for (long left = due - System.nanoTime(); left > 0 && !closed; ) {
                    LockSupport.parkNanos(left);
                    left = due - System.nanoTime();
                }
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void begin(List<Voice> voices) {
        Voice voice = voices.get(random.nextInt(voices.size()));
        SessionId session = LiveLeases.session(random);
        announced.put(session, System.nanoTime());
        live.addLast(new Live(voice, session));
        speaker.say(voice, new SessionStarted(session, null, null, 0));
    }

    private void end(Live over) {
        speaker.say(over.voice(), new SessionEnded(over.session(), EndReason.SILENT));
    }
}
