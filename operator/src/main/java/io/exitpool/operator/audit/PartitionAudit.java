package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.topic.ServerPartition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The audit of one partition. Decisions are judged in their order, each as soon as the event that
 * it answers and the configuration that it names were read, or are known not to come; so what is
 * found depends on what the topics hold and not on how they were read.
 */
final class PartitionAudit {
    private final int partition;
    private final AuditSettings settings;
    private final Findings findings;
    private final AddressBook addresses;
    private final Tally tally;
    private final LogClock clock;
    private final LogStart events = new LogStart();
    private final LogStart decisions = new LogStart();
    private final Duties duties;
    private final DecisionRules rules;
    private final Map<String, ServerAudit> servers = new TreeMap<>();
    private final Deque<Decided> held = new ArrayDeque<>();

    /** Offset of the last decision that could not be read. */
    private OptionalLong unreadable = OptionalLong.empty();

    /** Decisions with a lower number wait for nothing: everything of their time was read. */
    private long released;

    PartitionAudit(
            int partition,
            AuditSettings settings,
            Findings findings,
            AddressBook addresses,
            Tally tally) {
        this.partition = partition;
        this.settings = settings;
        this.findings = findings;
        this.addresses = addresses;
        this.tally = tally;
        long grace = settings.grace().toMillis();
        clock = new LogClock(settings.countedGap().toMillis());
        duties = new Duties(new DutyRules(events, decisions, grace), grace, findings);
        rules = new DecisionRules(settings, events, clock);
    }

    LogStart events() {
        return events;
    }

    LogStart decisions() {
        return decisions;
    }

    LogClock clock() {
        return clock;
    }

    int servers() {
        return servers.size();
    }

    /** An event; null for a record without a value, which nobody should write. */
    void event(Position at, String key, SessionEvent record) {
        events.read(at);
        clock.pass(at.timestamp());
        Object said = record == null ? null : record.getEvent();
        if (said instanceof Tick tick && tick.getPartition() == partition) {
            clock.tick();
            tally.event(EventKind.TICK);
        } else if (said instanceof AgentEvent event && isOwn(key)) {
            agentEvent(at, server(key), event);
        } else {
            tally.event(EventKind.MALFORMED);
        }
        judgeHeld();
    }

    /** Whether it is news. */
    boolean config(Position at, String key, PoolConfig config) {
        boolean news = server(key).configs().read(at, config);
        judgeHeld();
        return news;
    }

    void decision(Position at, String key, Decision decision, long number) {
        decisions.read(at);
        held.add(
                new Decided(
                        at,
                        server(key),
                        SessionKey.of(decision.getSession()),
                        decision,
                        number,
                        unreadable));
        judgeHeld();
    }

    /** A record of the events that could not be read. */
    void undecodableEvent(Position at) {
        events.read(at);
        clock.pass(at.timestamp());
        judgeHeld();
    }

    /** A record of the decisions that could not be read. */
    void undecodableDecision(Position at) {
        unreadable = OptionalLong.of(at.offset());
    }

    /** Decisions with lower numbers need not wait for anything. */
    void release(long number) {
        released = Math.max(released, number);
        judgeHeld();
    }

    void report(Findings into, Map<Pending, Long> pending) {
        if (!held.isEmpty()) {
            pending.merge(Pending.DECISIONS, (long) held.size(), Long::sum);
        }
        duties.report(into, pending, clock, !held.isEmpty(), servers.values());
    }

    private void agentEvent(Position at, ServerAudit server, AgentEvent event) {
        boolean wellFormed = EventChecks.isWellFormed(event, at, settings.epochAhead().toMillis());
        List<Duty> followed =
                wellFormed
                        ? server.events().read(event, at, clock, events.late(), tally)
                        : server.events().readMalformed(event, at, clock);
        if (!wellFormed) {
            tally.event(EventKind.MALFORMED);
        }
        followed.forEach(duty -> duties.add(server, duty));
    }

    private boolean isOwn(String key) {
        return EventChecks.isServer(key)
                && (settings.partitions() == 0
                        || ServerPartition.of(key, settings.partitions()) == partition);
    }

    private ServerAudit server(String name) {
        return servers.computeIfAbsent(
                name, server -> ServerAudit.of(server, decisions, addresses));
    }

    private void judgeHeld() {
        while (!held.isEmpty()) {
            Decided next = held.peek();
            boolean waits = next.number() >= released;
            if (waits && !isConfigRead(next)) {
                return;
            }
            Optional<Answer> answer = answer(next, waits);
            if (answer.isEmpty()) {
                return;
            }
            held.remove();
            judge(next, answer.get(), !waits);
        }
    }

    private void judge(Decided decided, Answer answer, boolean allRead) {
        if (answer.duty().isPresent()) {
            duties.passBefore(answer.offset());
        } else if (answer.kind() == Answer.Kind.BY_TIME && !decided.isByOrder()) {
            duties.passUntil(decided.time());
        }
        rules.judge(new Ruling(decided, answer, allRead, findings));
        duties.settle(decided.time());
    }

    private static boolean isConfigRead(Decided decided) {
        Long version = decided.decision().getConfigVersion();
        ConfigHistory configs = decided.server().configs();
        if (version == null || configs.isPast(version)) {
            return true;
        }
        return !decided.isByOrder() && configs.version(version, decided.time()).isPresent();
    }

    /** What the decision answers; empty when its event may yet be read. */
    private Optional<Answer> answer(Decided decided, boolean waits) {
        long tolerance = settings.timeTolerance().toMillis();
        if (decided.isByTime()) {
            boolean reached = clock.started() && clock.now() >= decided.time();
            return waits && !reached
                    ? Optional.empty()
                    : Optional.of(Answer.without(Answer.Kind.BY_TIME));
        }
        if (waits && clock.now() < decided.time() - tolerance) {
            return Optional.empty();
        }
        Optional<EventLog.Found> found =
                decided.server()
                        .events()
                        .find(
                                decided.decision(),
                                decided.session(),
                                decided.time(),
                                tolerance,
                                decided.server().trail().answeredOffset());
        if (found.map(EventLog.Found::isBest).orElse(false)) {
            return found.map(one -> Answer.to(one.duty(), true));
        }
        boolean readPast = clock.started() && clock.now() > decided.time() + tolerance;
        if (waits && !readPast) {
            return Optional.empty();
        }
        return Optional.of(
                found.map(one -> Answer.to(one.duty(), one.fresh()))
                        .orElseGet(() -> Answer.without(missing(decided))));
    }

    private Answer.Kind missing(Decided decided) {
        long earliest = decided.time() - settings.timeTolerance().toMillis();
        return !clock.started() || events.mayLack(earliest)
                ? Answer.Kind.BEFORE_LOG
                : Answer.Kind.ABSENT;
    }
}
