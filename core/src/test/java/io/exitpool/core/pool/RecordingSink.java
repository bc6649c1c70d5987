package io.exitpool.core.pool;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A sink that records what is said and keeps rows as a store does: nothing counts before {@link
 * #commit()}, and a deletion of a row that does not exist is a mistake. The pools can be put
 * together from the rows at any time.
 */
public final class RecordingSink implements Sink {
    /** What a store has of one server. */
    public static final class Rows {
        public Optional<PoolConfig> config = Optional.empty();
        public Optional<PoolRow> pool = Optional.empty();
        public final Map<Integer, SlotRow> slots = new TreeMap<>();
        public final Map<SessionId, LeaseRow> leases = new HashMap<>();

        private boolean empty() {
            return config.isEmpty() && pool.isEmpty() && slots.isEmpty() && leases.isEmpty();
        }
    }

    public record Told(String server, Decision decision) {}

    private final List<Runnable> staged = new ArrayList<>();
    private int marked;

    private final Map<String, Rows> rows = new TreeMap<>();
    private List<Told> decisions = new ArrayList<>();
    private Map<String, PoolStatus> statuses = new TreeMap<>();
    private List<String> deadLetters = new ArrayList<>();
    private List<String> gone = new ArrayList<>();

    /** How many row changes were committed. */
    private long rowChanges;

    /** What the record at hand did takes effect. */
    public void commit() {
        staged.forEach(Runnable::run);
        staged.clear();
        marked = 0;
    }

    public List<Told> takeDecisions() {
        List<Told> taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }

    public Map<String, PoolStatus> takeStatuses() {
        Map<String, PoolStatus> taken = statuses;
        statuses = new TreeMap<>();
        return taken;
    }

    public List<String> takeDeadLetters() {
        List<String> taken = deadLetters;
        deadLetters = new ArrayList<>();
        return taken;
    }

    /** Servers that {@link #poolGone} was told of. */
    public List<String> takeGone() {
        List<String> taken = gone;
        gone = new ArrayList<>();
        return taken;
    }

    public long takeRowChanges() {
        long taken = rowChanges;
        rowChanges = 0;
        return taken;
    }

    public Rows rows(String server) {
        return rows.computeIfAbsent(server, s -> new Rows());
    }

    /** Whether the store has nothing of the server. */
    public boolean knowsNothingOf(String server) {
        return rows(server).empty();
    }

    /** The pools as the rows have them, handed over in a shuffled order, to say on to this sink. */
    public PartitionPools reload(
            AllocationSettings settings, RandomGenerator random, long shuffle) {
        return reload(settings, random, this, UnaryOperator.identity(), shuffle);
    }

    /** The same, saying on to another sink, and with configurations as they are read. */
    public PartitionPools reload(
            AllocationSettings settings,
            RandomGenerator random,
            Sink sink,
            UnaryOperator<PoolConfig> read,
            long shuffle) {
        return new PartitionPools(settings, random, sink, new Kept(read, shuffle));
    }

    /** The rows as they are when they are asked for, in a shuffled order. */
    private final class Kept implements KeptPools {
        private final UnaryOperator<PoolConfig> configs;
        private final Random order;

        Kept(UnaryOperator<PoolConfig> configs, long shuffle) {
            this.configs = configs;
            order = new Random(shuffle);
        }

        @Override
        public Set<String> servers() {
            return with(its -> its.config.isPresent());
        }

        @Override
        public Set<String> orphans() {
            return with(its -> its.config.isEmpty() && !its.empty());
        }

        private Set<String> with(Predicate<Rows> what) {
            Set<String> servers = new TreeSet<>(rows.keySet());
            servers.removeIf(server -> !what.test(rows(server)));
            return servers;
        }

        @Override
        public void read(String server, PoolRows into) {
            Rows its = rows(server);
            List<Runnable> all = new ArrayList<>();
            its.config.ifPresent(row -> all.add(() -> into.config(configs.apply(row))));
            its.pool.ifPresent(row -> all.add(() -> into.pool(row)));
            its.slots.forEach((id, row) -> all.add(() -> into.slot(id, row)));
            its.leases.forEach((id, row) -> all.add(() -> into.lease(id, row)));
            Collections.shuffle(all, order);
            all.forEach(Runnable::run);
        }
    }

    @Override
    public void decision(String server, Decision decision) {
        staged.add(() -> decisions.add(new Told(server, decision)));
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {
        LeaseRow row = new LeaseRow(slot, epoch, seq, grantedAt, decided);
        change(() -> rows(server).leases.put(session, row));
    }

    @Override
    public void leaseGone(String server, SessionId session) {
        change(
                () -> {
                    if (rows(server).leases.remove(session) == null) {
                        throw new AssertionError("a lease row is deleted that does not exist");
                    }
                });
    }

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {
        SlotRow row = new SlotRow(releasedAt, reported, epoch, seq, decided);
        change(() -> rows(server).slots.put(slot, row));
    }

    @Override
    public void slotGone(String server, int slot) {
        change(
                () -> {
                    if (rows(server).slots.remove(slot) == null) {
                        throw new AssertionError("a slot row is deleted that does not exist");
                    }
                });
    }

    @Override
    public void rowsGone(String server) {
        change(
                () -> {
                    rows(server).slots.clear();
                    rows(server).leases.clear();
                });
    }

    @Override
    public void pool(String server, PoolRow row) {
        change(() -> rows(server).pool = Optional.of(row));
    }

    @Override
    public void config(String server, PoolConfig config) {
        change(() -> rows(server).config = Optional.of(config));
    }

    @Override
    public void poolGone(String server) {
        change(
                () -> {
                    rows(server).config = Optional.empty();
                    rows(server).pool = Optional.empty();
                    gone.add(server);
                });
    }

    @Override
    public void status(String server, PoolStatus status) {
        staged.add(() -> statuses.put(server, status));
    }

    @Override
    public void deadLetter(String reason) {
        staged.add(() -> deadLetters.add(reason));
    }

    @Override
    public void mark() {
        marked = staged.size();
    }

    @Override
    public void discard() {
        staged.subList(marked, staged.size()).clear();
    }

    private void change(Runnable row) {
        staged.add(row);
        staged.add(() -> rowChanges++);
    }
}
