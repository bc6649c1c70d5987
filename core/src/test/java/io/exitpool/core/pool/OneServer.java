package io.exitpool.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * One server's agent and its partition, for tests: numbers its events, lets time pass when told to,
 * and answers every event with the decisions that it caused. Sessions are known by small numbers.
 */
final class OneServer {
    static final String SERVER = "se-sto-wg-208";

    /** A full second, and of the statuses' round. */
    static final long BEGIN = 1_790_000_000_000L;

    static final AllocationSettings FAIL_FAST = settings(true);

    final RecordingSink sink = new RecordingSink();
    final AllocationSettings settings;
    PartitionPools pools;
    long now = BEGIN;
    long epoch = 1_000;
    long seq;
    private long snapshot;

    /**
     * Number of the pool's last decision, 0 before the first: each is one above the one before, in
     * every test.
     */
    private long decided;

    /** Number of the last of them that a test spelt out. */
    private long spelt;

    private PoolStatus lastStatus;

    private OneServer(AllocationSettings settings) {
        this.settings = settings;
        pools = new PartitionPools(settings, new Random(7), sink);
    }

    /** A server that nobody configured. */
    static OneServer unknown() {
        return new OneServer(FAIL_FAST);
    }

    /** A configured server whose agent has not spoken yet. */
    static OneServer configured(PoolConfig config) {
        return configured(config, FAIL_FAST);
    }

    static OneServer configured(PoolConfig config, AllocationSettings settings) {
        OneServer server = new OneServer(settings);
        assertThat(server.configure(config)).isEmpty();
        return server;
    }

    /** A configured server whose first snapshot, of no sessions, was applied. */
    static OneServer synced(PoolConfig config) {
        OneServer server = configured(config);
        server.send(new ServerStarted());
        assertThat(server.snapshot()).isEmpty();
        return server;
    }

    static AllocationSettings settings(boolean failFast) {
        AllocationSettings usual = AllocationSettings.DEFAULT;
        return new AllocationSettings(
                usual.maxCountedGapMillis(),
                usual.statusEveryMillis(),
                usual.maxEpochAheadMillis(),
                usual.maxClockSkewMillis(),
                usual.minRetryAfterMillis(),
                usual.maxRetryAfterMillis(),
                failFast);
    }

    static SessionId session(int n) {
        return new SessionId(0x5e55_1000_0000_0000L, n);
    }

    // What the agent says

    List<Decision> send(EventBody body) {
        return send(epoch, ++seq, body);
    }

    List<Decision> send(long ofEpoch, long withSeq, EventBody body) {
        return send(new AgentEvent(ofEpoch, withSeq, now / 1000, body));
    }

    List<Decision> send(AgentEvent event) {
        pools.onEvent(SERVER, event, now);
        return told();
    }

    /** Starts a session; the one outcome. */
    Outcome start(int session) {
        return only(send(startOf(session)));
    }

    Granted grant(int session) {
        return granted(start(session));
    }

    Granted grantHolding(int session, int slot) {
        return granted(only(send(startHolding(session, slot))));
    }

    Granted grantWanting(int session, int slot) {
        return granted(only(send(startWanting(session, slot))));
    }

    static Granted granted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Granted.class);
        return (Granted) outcome;
    }

    Rejected reject(int session) {
        Outcome outcome = start(session);
        assertThat(outcome).isInstanceOf(Rejected.class);
        return (Rejected) outcome;
    }

    Released end(int session) {
        Outcome outcome = only(send(endOf(session)));
        assertThat(outcome).isInstanceOf(Released.class);
        return (Released) outcome;
    }

    static SessionStarted startOf(int session) {
        return new SessionStarted(session(session), OptionalInt.empty(), OptionalInt.empty(), 0);
    }

    static SessionStarted startHolding(int session, int slot) {
        return new SessionStarted(session(session), OptionalInt.of(slot), OptionalInt.empty(), 0);
    }

    static SessionStarted startWanting(int session, int slot) {
        return new SessionStarted(session(session), OptionalInt.empty(), OptionalInt.of(slot), 0);
    }

    static SessionStarted retry(int session, int attempt) {
        return new SessionStarted(
                session(session), OptionalInt.empty(), OptionalInt.empty(), attempt);
    }

    static SessionEnded endOf(int session) {
        return new SessionEnded(session(session));
    }

    static SnapshotEntry live(int session) {
        return new SnapshotEntry(session(session), OptionalInt.empty(), OptionalInt.empty());
    }

    static SnapshotEntry holding(int session, int slot) {
        return new SnapshotEntry(session(session), OptionalInt.of(slot), OptionalInt.empty());
    }

    static SnapshotEntry wanting(int session, int slot) {
        return new SnapshotEntry(session(session), OptionalInt.empty(), OptionalInt.of(slot));
    }

    /** A snapshot in one part. */
    List<Decision> snapshot(SnapshotEntry... entries) {
        return send(part(0, 1, entries));
    }

    /** A part of the snapshot under way; part 0 begins the next one. */
    SnapshotPart part(int part, int parts, SnapshotEntry... entries) {
        snapshot += part == 0 ? 1 : 0;
        return new SnapshotPart(snapshot, part, parts, List.of(entries));
    }

    /** The agent comes back with a higher epoch and says so. */
    void restart() {
        epoch++;
        seq = 0;
        assertThat(send(new ServerStarted())).isEmpty();
    }

    // Time and the operator

    /** Time passes in which the partition says nothing. */
    void pass(long millis) {
        now += millis;
    }

    /** A tick now; the decisions of time. */
    List<Decision> tick() {
        pools.onTick(now);
        return told();
    }

    /** Time passes with a tick every second; all decisions of time. */
    List<Decision> tickFor(long millis) {
        List<Decision> all = new ArrayList<>();
        for (long end = now + millis; now < end; ) {
            now = Math.min(end, now + 1_000);
            all.addAll(tick());
        }
        return all;
    }

    List<Decision> configure(PoolConfig config) {
        pools.onConfig(SERVER, Optional.of(config), now);
        return told();
    }

    /** The reason why a configuration is refused. */
    String refusal(PoolConfig config) {
        assertThat(configure(config)).isEmpty();
        return deadLetter();
    }

    List<Decision> remove() {
        pools.onConfig(SERVER, Optional.empty(), now);
        return told();
    }

    /** The one dead letter since the last look. */
    String deadLetter() {
        List<String> letters = sink.takeDeadLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    /** The last status told, after a tick now. */
    PoolStatus status() {
        assertThat(tick()).isEmpty();
        PoolStatus told = sink.takeStatuses().get(SERVER);
        lastStatus = told == null ? lastStatus : told;
        return lastStatus;
    }

    /** The pools are dropped and put together from their rows. */
    void reload() {
        pools = sink.reload(settings, new Random(8), now);
    }

    /** The store is gone with all its rows; the configuration is read again, as old as it is. */
    void loseRows(PoolConfig config, long configuredAt) {
        RecordingSink.Rows rows = sink.rows(SERVER);
        rows.config = Optional.empty();
        rows.pool = Optional.empty();
        rows.slots.clear();
        rows.leases.clear();
        pools = new PartitionPools(settings, new Random(9), sink);
        decided = 0;
        pools.onConfig(SERVER, Optional.of(config), configuredAt);
        assertThat(told()).isEmpty();
    }

    /** What a decision of this server's looks like that answers the last event. */
    Decision answer(int session, PoolConfig config, Outcome outcome) {
        return new Decision(
                session(session),
                number(),
                OptionalLong.of(epoch),
                OptionalLong.of(seq),
                OptionalLong.of(config.version()),
                outcome);
    }

    /** Number of the last decision. */
    long decided() {
        return decided;
    }

    /** The number that the next of the decisions last told must have. */
    OptionalLong number() {
        return OptionalLong.of(++spelt);
    }

    private List<Decision> told() {
        sink.commit();
        List<Decision> told = new ArrayList<>();
        for (RecordingSink.Told one : sink.takeDecisions()) {
            assertThat(one.server()).isEqualTo(SERVER);
            if (pools.servers() == 0) {
                assertThat(one.decision().number()).isEmpty();
            } else {
                assertThat(one.decision().number()).hasValue(decided = next());
            }
            told.add(one.decision());
        }
        spelt = decided - told.size();
        decided = pools.servers() == 0 ? 0 : decided;
        return told;
    }

    private long next() {
        return decided == 0 ? now * 1_000 + 1 : decided + 1;
    }

    static Outcome only(List<Decision> decisions) {
        assertThat(decisions).hasSize(1);
        return decisions.get(0).outcome();
    }

    static List<Outcome> outcomes(List<Decision> decisions) {
        return decisions.stream().map(Decision::outcome).toList();
    }
}
