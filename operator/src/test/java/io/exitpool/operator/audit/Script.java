package io.exitpool.operator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the history of a few servers by hand, each on a partition of its own. */
final class Script {
    static final String STO = "se-sto-wg-208";
    static final String LAX = "us-lax-wg-002";

    /** Where the addresses of a server's slots begin, by their last byte. */
    static final Map<String, Integer> FIRST = Map.of(STO, 10, LAX, 40);

    private static final Map<String, Integer> PARTITIONS = Map.of(STO, 0, LAX, 1);
    private static final long BEGIN = 1_750_000_000_000L;
    static final long EPOCH = BEGIN * 1_000;

    final Logs logs = new Logs();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<Long, Long> grantedAt = new HashMap<>();
    private long now = BEGIN;
    private long snapshots;

    /** Both servers configured with four slots, started and in sync. */
    static Script begun() {
        Script script = new Script();
        for (String server : List.of(STO, LAX)) {
            script.config(server, Records.config(1, 4, FIRST.get(server)));
        }
        script.at(1);
        script.begin(STO);
        script.begin(LAX);
        return script;
    }

    static int partition(String server) {
        return PARTITIONS.get(server);
    }

    /** Lets time pass, a Tick a second. */
    Script at(double seconds) {
        long until = BEGIN + Math.round(seconds * 1_000);
        for (long tick = now - now % 1_000 + 1_000; tick <= until; tick += 1_000) {
            for (int partition : List.of(0, 1)) {
                logs.append(Topics.SESSION_EVENTS, partition, tick, null, Records.tick(partition));
            }
        }
        now = until;
        return this;
    }

    long now() {
        return now;
    }

    long epoch(String server) {
        return epochs.get(server);
    }

    void config(String server, PoolConfig config) {
        versions.put(server, config.getVersion());
        numbers.putIfAbsent(server, now * 1_000);
        logs.append(Topics.POOL_CONFIGS, partition(server), now, server, config);
    }

    /** The pool lost its rows, and is configured as if it were new. */
    void loseRows(String server) {
        numbers.put(server, now * 1_000);
    }

    /** The server's next decision has a number so far from the one it should have. */
    void shiftNumbers(String server, long by) {
        numbers.merge(server, by, Long::sum);
    }

    /** A new life of the agent: it starts and sends an empty snapshot. */
    void begin(String server) {
        restart(server);
        snapshot(server);
    }

    void restart(String server) {
        epochs.merge(server, EPOCH, (old, first) -> old + 1);
        seqs.put(server, 0L);
        event(server, Records.serverStarted());
    }

    long event(String server, Object body) {
        return event(server, epochs.get(server), seqs.merge(server, 1L, Long::sum), body);
    }

    long event(String server, long epoch, long seq, Object body) {
        logs.append(
                Topics.SESSION_EVENTS,
                partition(server),
                now,
                server,
                Records.event(epoch, seq, now, body));
        return seq;
    }

    /** The server's last seq. */
    long seq(String server) {
        return seqs.get(server);
    }

    long snapshot(String server, SnapshotEntry... entries) {
        SnapshotPart part = Records.part(++snapshots, 0, 1, List.of(entries));
        return event(server, part);
    }

    void decide(String server, long session, Long seq, Object outcome) {
        decide(server, session, epochs.get(server), seq, versions.get(server), outcome);
    }

    void decide(String server, long session, Long epoch, Long seq, Long version, Object outcome) {
        if (outcome instanceof Granted granted && !granted.getRepeated()) {
            grantedAt.put(session, now);
        }
        logs.append(
                Topics.DECISIONS,
                partition(server),
                now,
                server,
                Records.decision(
                        session,
                        numbers.merge(server, 1L, Long::sum),
                        epoch,
                        seq,
                        version,
                        outcome));
    }

    /** A start and its ordinary grant of an exclusive slot that was never used. */
    void grant(String server, long session, int slot) {
        grant(server, session, placed(server, slot, Rung.REGULAR, null, 1));
    }

    void grant(String server, long session, Granted granted) {
        boolean adopted = granted.getChoice() == Choice.ADOPTED;
        boolean wanted = granted.getChoice() == Choice.WANTED;
        long seq =
                event(
                        server,
                        Records.start(
                                session,
                                adopted ? granted.getSlot() : null,
                                wanted ? granted.getSlot() : null,
                                granted.getAttempt()));
        decide(server, session, seq, granted);
    }

    void reject(String server, long session, RejectCause cause) {
        long seq = event(server, Records.start(session, null, null, 0));
        decide(server, session, seq, Records.rejected(cause, 0));
    }

    /** An end and its release of an exclusive slot. */
    void end(String server, long session, int slot) {
        end(server, session, slot, 0);
    }

    void end(String server, long session, int slot, int load) {
        long seq = event(server, Records.end(session));
        release(server, session, seq, slot, ReleaseCause.ENDED, load);
    }

    void release(String server, long session, Long seq, int slot, ReleaseCause cause, int load) {
        decide(
                server,
                session,
                seq,
                Records.released(slot, cause, grantedAt.getOrDefault(session, now), load));
    }

    static Granted placed(String server, int slot, Rung rung, Long gap, int load) {
        return granted(server, slot, Choice.PLACED, rung, gap, load);
    }

    static Granted adopted(String server, int slot, int load) {
        return granted(server, slot, Choice.ADOPTED, Rung.REGULAR, null, load);
    }

    static Granted granted(String server, int slot, Choice choice, Rung rung, Long gap, int load) {
        return Records.granted(slot, FIRST.get(server) + slot, choice, rung, gap, load);
    }

    /** Nothing is wrong and nothing unknown. */
    void assertClean() {
        AuditReport report = logs.audit();
        assertThat(report.violations()).as(report.toText()).isEmpty();
        assertThat(report.unknown()).isEmpty();
    }

    /** This is wrong, once, at this decision, and nothing else. */
    void assertOnly(ViolationKind kind, String server, long offset) {
        AuditReport report = logs.audit();
        assertThat(report.violations()).as(report.toText()).containsOnlyKeys(kind);
        assertThat(report.unknown()).isEmpty();
        AuditReport.Found found = report.violations().get(kind);
        assertThat(found.count()).isEqualTo(1);
        Violation violation = found.first().get(0);
        assertThat(violation.server()).isEqualTo(server);
        assertThat(violation.at().place())
                .isEqualTo("exit-pool-decisions/%d@%d".formatted(partition(server), offset));
    }

    /** This is wrong, once, at an event, and nothing else. */
    void assertOnlyEvent(ViolationKind kind) {
        AuditReport report = logs.audit();
        assertThat(report.violations()).as(report.toText()).containsOnlyKeys(kind);
        AuditReport.Found found = report.violations().get(kind);
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.first().get(0).at().topic()).isEqualTo("exit-session-events");
    }
}
