package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A pool that keeps the rules by looking at all it has at every step: what valid histories are
 * generated with. It is written for being right, not fast, and shares nothing with the real one.
 */
final class NaivePool {

    /** Takes the pool's decisions. */
    interface Sink {
        void decide(SessionId session, Long epoch, Long seq, Long version, Object outcome);
    }

    private static final class Slot {
        private int address;
        private int load;
        private long emptied = -1;
        private boolean reported;
    }

    private record Held(int slot, long grantedAt) {}

    private final Sink sink;
    private final RandomGenerator random;
    private final TreeMap<Integer, Slot> slots = new TreeMap<>();
    private final Map<SessionId, Held> leases = new LinkedHashMap<>();
    private PoolConfig config;
    private long now;
    private Long answered;
    private Long epoch;
    private long seq;
    private boolean synced;
    private long renewed;
    private List<SnapshotPart> parts = new ArrayList<>();
    private long partSeq;
    private List<SessionId> named = List.of();

    NaivePool(Sink sink, RandomGenerator random) {
        this.sink = sink;
        this.random = random;
    }

    PoolConfig config() {
        return config;
    }

    Map<SessionId, Integer> leases() {
        Map<SessionId, Integer> held = new HashMap<>();
        leases.forEach((session, lease) -> held.put(session, lease.slot()));
        return held;
    }

    boolean isSynced() {
        return synced;
    }

    /** Whether the slot is empty and rested. */
    boolean isIdle(int slot, long at) {
        Slot one = slots.get(slot);
        return one == null
                || one.load == 0
                        && (one.emptied < 0 || at - one.emptied >= config.getMinRestMillis());
    }

    void configure(PoolConfig next, long at) {
        now = at;
        answered = null;
        if (next.getOrder() instanceof ReleaseSlot order) {
            releaseAll(ReleaseCause.OPERATOR, held -> held.slot() == order.getSlot());
        } else if (next.getOrder() instanceof ResetEpoch) {
            begin(null);
        } else if (next.getOrder() instanceof Rebuild) {
            releaseAll(ReleaseCause.RESET, held -> true);
            slots.clear();
            synced = false;
        }
        config = next;
        for (SlotRange range : next.getSlots()) {
            for (int i = 0; i < range.getCount(); i++) {
                Slot slot = slots.computeIfAbsent(range.getFirstId() + i, id -> new Slot());
                slot.address = (range.getFirstV4().bytes()[3] & 0xff) + i;
            }
        }
    }

    void tick(long at, long counted) {
        now = at;
        answered = null;
        if (config != null
                && !leases.isEmpty()
                && counted - renewed >= config.getLeaseTtlMillis()) {
            synced = false;
            parts.clear();
            releaseAll(ReleaseCause.EXPIRED, held -> true);
        }
    }

    void event(AgentEvent event, long at, long counted) {
        tick(at, counted);
        answered = event.getSeq();
        if (config == null) {
            refuse(event, RejectCause.NO_POOL);
        } else if (epoch != null && event.getEpoch() < epoch) {
            refuse(event, RejectCause.STALE_EPOCH);
        } else {
            if (epoch == null || event.getEpoch() > epoch) {
                begin(event.getEpoch());
            }
            if (event.getSeq() > seq) {
                seq = event.getSeq();
                take(event.getBody(), counted);
            }
        }
    }

    private void take(Object body, long counted) {
        if (body instanceof SessionStarted start) {
            start(start);
        } else if (body instanceof SessionEnded end) {
            if (leases.containsKey(end.getSession())) {
                release(end.getSession(), ReleaseCause.ENDED);
            }
        } else if (body instanceof SnapshotPart part) {
            boolean goesOn =
                    part.getPart() > 0
                            && part.getPart() == parts.size()
                            && parts.get(0).getSnapshot() == part.getSnapshot()
                            && seq == partSeq + 1;
            if (!goesOn) {
                parts = new ArrayList<>();
            }
            partSeq = seq;
            if (goesOn || part.getPart() == 0) {
                parts.add(part);
            }
            if (parts.size() == part.getParts()) {
                List<SnapshotEntry> entries =
                        parts.stream().flatMap(one -> one.getEntries().stream()).toList();
                parts = new ArrayList<>();
                snapshot(entries, counted);
            }
        }
    }

    private void begin(Long next) {
        epoch = next;
        seq = 0;
        synced = false;
        parts.clear();
    }

    private void refuse(AgentEvent event, RejectCause cause) {
        if (event.getBody() instanceof SessionStarted start) {
            reject(start.getSession(), cause, start.getAttempt());
        }
    }

    private void start(SessionStarted start) {
        SessionId session = start.getSession();
        if (!synced) {
            reject(session, RejectCause.NOT_SYNCED, start.getAttempt());
        } else if (leases.containsKey(session)) {
            again(session, start.getAttempt());
        } else if (!adopt(session, start.getHeld(), start.getAttempt())) {
            place(session, start.getWanted(), start.getAttempt());
        }
    }

    private void snapshot(List<SnapshotEntry> entries, long counted) {
        named = entries.stream().map(SnapshotEntry::getSession).toList();
        if (!synced) {
            entries.forEach(this::passOn);
        }
        ReleaseCause cause = synced ? ReleaseCause.VANISHED : ReleaseCause.RESET;
        List.copyOf(leases.keySet()).stream()
                .filter(session -> !named.contains(session))
                .forEach(session -> release(session, cause));
        synced = true;
        renewed = counted;
        for (SnapshotEntry entry : entries) {
            Held held = leases.get(entry.getSession());
            if (held == null) {
                adopt(entry.getSession(), entry.getHeld(), 0);
            } else if (entry.getHeld() != null && entry.getHeld() != held.slot()) {
                again(entry.getSession(), 0);
            }
        }
        for (SnapshotEntry entry : entries) {
            if (!leases.containsKey(entry.getSession())) {
                place(entry.getSession(), entry.getWanted(), 0);
            }
        }
    }

    private void passOn(SnapshotEntry entry) {
        if (entry.getHeld() == null || leases.containsKey(entry.getSession())) {
            return;
        }
        for (Map.Entry<SessionId, Held> old : List.copyOf(leases.entrySet())) {
            if (old.getValue().slot() == entry.getHeld() && !named.contains(old.getKey())) {
                Slot slot = slots.get(old.getValue().slot());
                leases.remove(old.getKey());
                tell(
                        old.getKey(),
                        Records.released(
                                old.getValue().slot(),
                                ReleaseCause.PASSED_ON,
                                old.getValue().grantedAt(),
                                slot.load - 1));
                slot.load--;
                grant(entry.getSession(), entry.getHeld(), Choice.ADOPTED, Rung.REGULAR, 0);
                return;
            }
        }
    }

    private boolean adopt(SessionId session, Integer held, int attempt) {
        if (held == null || !slots.containsKey(held) || slots.get(held).load >= capMax()) {
            return false;
        }
        grant(session, held, Choice.ADOPTED, Rung.REGULAR, attempt);
        return true;
    }

    private void place(SessionId session, Integer wanted, int attempt) {
        if (config.getDraining()) {
            reject(session, RejectCause.DRAINING, attempt);
            return;
        }
        List<Integer> own = new ArrayList<>(slots.keySet());
        own.removeIf(slot -> !isOwn(slot) || isAside(slot));
        List<Integer> early = early(own);
        List<Integer> eligible =
                own.stream()
                        .filter(
                                slot ->
                                        load(slot) > 0
                                                ? load(slot) < config.getCap()
                                                : rested(slot) || early.contains(slot))
                        .toList();
        if (wanted != null && eligible.contains(wanted)) {
            grant(session, wanted, Choice.WANTED, rung(wanted), attempt);
        } else if (!eligible.isEmpty()) {
            int slot = any(eligible);
            grant(session, slot, Choice.PLACED, rung(slot), attempt);
        } else {
            climb(session, own, attempt);
        }
    }

    private void climb(SessionId session, List<Integer> own, int attempt) {
        Long floor = config.getLadder().getShortenRestToMillis();
        List<Integer> floored =
                own.stream()
                        .filter(slot -> floor != null && load(slot) == 0)
                        .filter(slot -> slots.get(slot).reported)
                        .filter(slot -> now - slots.get(slot).emptied >= floor)
                        .toList();
        List<Integer> shared =
                own.stream().filter(slot -> load(slot) > 0 && load(slot) < capMax()).toList();
        if (!floored.isEmpty()) {
            grant(session, any(floored), Choice.PLACED, Rung.REST_SHORTENED, attempt);
        } else if (!shared.isEmpty()) {
            grant(session, any(shared), Choice.PLACED, Rung.SHARED, attempt);
        } else {
            reject(session, RejectCause.EXHAUSTED, attempt);
        }
    }

    /** Slots that come back early because too many rest. */
    private List<Integer> early(List<Integer> own) {
        List<Integer> resting = new ArrayList<>(own);
        resting.removeIf(slot -> load(slot) > 0 || rested(slot));
        resting.sort(Comparator.comparing((Integer slot) -> slots.get(slot).emptied));
        int most = (int) (config.getMaxRestingShare() * slots.size());
        return resting.subList(0, Math.max(0, resting.size() - most));
    }

    private void grant(SessionId session, int id, Choice choice, Rung rung, int attempt) {
        Slot slot = slots.get(id);
        boolean adopted = choice == Choice.ADOPTED;
        Long gap = adopted || slot.load > 0 || slot.emptied < 0 ? null : now - slot.emptied;
        slot.load++;
        leases.put(session, new Held(id, now));
        Granted granted = Records.granted(id, slot.address, choice, rung, gap, slot.load);
        granted.setAttempt(attempt);
        tell(session, granted);
    }

    private void again(SessionId session, int attempt) {
        int id = leases.get(session).slot();
        Slot slot = slots.get(id);
        Granted granted =
                Records.again(
                        Records.granted(
                                id, slot.address, Choice.PLACED, Rung.REGULAR, null, slot.load));
        granted.setAttempt(attempt);
        tell(session, granted);
    }

    private void reject(SessionId session, RejectCause cause, int attempt) {
        tell(session, new Rejected(cause, 1_000L, attempt));
    }

    private void releaseAll(ReleaseCause cause, java.util.function.Predicate<Held> which) {
        List.copyOf(leases.entrySet()).stream()
                .filter(lease -> which.test(lease.getValue()))
                .forEach(lease -> release(lease.getKey(), cause));
    }

    private void release(SessionId session, ReleaseCause cause) {
        Held held = leases.remove(session);
        Slot slot = slots.get(held.slot());
        slot.load--;
        slot.emptied = now;
        slot.reported = cause == ReleaseCause.ENDED;
        boolean byTime =
                cause == ReleaseCause.EXPIRED || cause == ReleaseCause.OPERATOR || answered == null;
        sink.decide(
                session,
                epoch,
                byTime ? null : answered,
                config.getVersion(),
                Records.released(held.slot(), cause, held.grantedAt(), slot.load));
    }

    private void tell(SessionId session, Object outcome) {
        boolean known = config != null;
        sink.decide(session, epoch, answered, known ? config.getVersion() : null, outcome);
    }

    private Rung rung(int slot) {
        return load(slot) == 0 && !rested(slot) ? Rung.REST_CAPPED : Rung.REGULAR;
    }

    private int any(List<Integer> some) {
        return some.get(random.nextInt(some.size()));
    }

    private int load(int slot) {
        return slots.get(slot).load;
    }

    private boolean rested(int slot) {
        Slot one = slots.get(slot);
        return one.emptied < 0 || now - one.emptied >= config.getMinRestMillis();
    }

    private boolean isAside(int slot) {
        return config.getSetAside().stream().mapToInt(SetAside::getSlot).anyMatch(id -> id == slot);
    }

    private boolean isOwn(int slot) {
        return config.getSlots().stream()
                .anyMatch(
                        range ->
                                slot >= range.getFirstId()
                                        && slot < range.getFirstId() + range.getCount());
    }

    private int capMax() {
        Integer shareUpTo = config.getLadder().getShareUpTo();
        return shareUpTo == null ? config.getCap() : Math.max(config.getCap(), shareUpTo);
    }
}
