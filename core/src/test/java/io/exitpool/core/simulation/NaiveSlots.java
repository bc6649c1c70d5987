package io.exitpool.core.simulation;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SetAside;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.simulation.NaiveSlot.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The model's slots under a configuration: which may be granted, and what a change does to them.
 */
final class NaiveSlots {
    PoolConfig config;
    List<NaiveSlot> list;
    private long turns;

    NaiveSlots(PoolConfig config) {
        this.config = config;
        list = named(config);
        judgeAnew();
    }

    // Questions

    Optional<NaiveSlot> find(OptionalInt id) {
        return list.stream().filter(slot -> id.isPresent() && slot.id == id.getAsInt()).findFirst();
    }

    /** The slot that carries the session. */
    Optional<NaiveSlot> of(SessionId session) {
        for (NaiveSlot slot : list) {
            for (Lease lease : slot.leases) {
                if (lease.session().equals(session)) {
                    return Optional.of(slot);
                }
            }
        }
        return Optional.empty();
    }

    Lease lease(SessionId session) {
        return of(session).orElseThrow().leases.stream()
                .filter(lease -> lease.session().equals(session))
                .findFirst()
                .orElseThrow();
    }

    Set<SessionId> sessions() {
        Set<SessionId> sessions = new HashSet<>();
        list.forEach(slot -> slot.leases.forEach(lease -> sessions.add(lease.session())));
        return sessions;
    }

    List<NaiveSlot> all(Predicate<NaiveSlot> which) {
        return list.stream().filter(which).toList();
    }

    int count(Predicate<NaiveSlot> which) {
        return all(which).size();
    }

    /** How many slots carry 1, 2, 3 and so on sessions, up to the fullest. */
    List<Integer> loads() {
        int most = list.stream().mapToInt(NaiveSlot::load).max().orElse(0);
        return IntStream.rangeClosed(1, most)
                .mapToObj(load -> count(slot -> slot.load() == load))
                .toList();
    }

    int capMax() {
        return config.ladder().shareUpTo().orElse(config.cap());
    }

    /** Rule 3. */
    boolean eligible(NaiveSlot slot, long now) {
        return !slot.aside
                && slot.load() < config.cap()
                && (slot.load() > 0 || slot.free(now, config.minRestMillis()));
    }

    /** Rule 5: it rests, past the hard floor, and the agent itself reported its release. */
    boolean floored(NaiveSlot slot, long now) {
        return config.ladder().shortenRestToMillis().isPresent()
                && slot.resting(now, config.minRestMillis())
                && slot.reported()
                && now - slot.releasedAt() >= config.ladder().shortenRestToMillis().getAsLong();
    }

    /** Rule 5: it carries cap sessions and not yet cap-max. */
    boolean mayBeShared(NaiveSlot slot) {
        return !slot.aside && slot.load() >= config.cap() && slot.load() < capMax();
    }

    List<NaiveSlot> leastLoaded(List<NaiveSlot> among) {
        int least = among.stream().mapToInt(NaiveSlot::load).min().orElse(0);
        return among.stream().filter(slot -> slot.load() == least).toList();
    }

    /** Rule 4. */
    List<NaiveSlot> byPlacement(List<NaiveSlot> eligible, long now) {
        if (config.placement() == PlacementPolicy.LEAST_LOADED) {
            return leastLoaded(eligible);
        }
        List<NaiveSlot> empty = eligible.stream().filter(slot -> slot.load() == 0).toList();
        if (config.placement() == PlacementPolicy.LONGEST_RESTED && !empty.isEmpty()) {
            long longest = empty.stream().mapToLong(NaiveSlot::releasedAt).min().orElseThrow();
            return empty.stream().filter(slot -> slot.releasedAt() == longest).toList();
        }
        return eligible;
    }

    long untilNextIsRested(long now) {
        return list.stream()
                .filter(slot -> slot.resting(now, config.minRestMillis()))
                .mapToLong(slot -> slot.releasedAt() + config.minRestMillis() - now)
                .min()
                .orElse(config.minRestMillis());
    }

    // Changes

    long nextTurn() {
        return ++turns;
    }

    /** Rule 5: at most max-resting-share of the pool rests. */
    void takeBackEarly(long now) {
        List<NaiveSlot> resting =
                list.stream()
                        .filter(slot -> slot.resting(now, config.minRestMillis()))
                        .sorted(
                                Comparator.comparingLong(NaiveSlot::releasedAt)
                                        .thenComparingLong(slot -> slot.turn))
                        .toList();
        int most = (int) Math.floor(config.maxRestingShare() * list.size());
        resting.stream()
                .limit(Math.max(0, resting.size() - most))
                .forEach(slot -> slot.early = true);
    }

    /** Rule 10: an id never stands for other addresses. */
    boolean wouldChangeAddresses(PoolConfig next) {
        return named(next).stream()
                .anyMatch(
                        slot ->
                                list.stream()
                                        .anyMatch(
                                                own ->
                                                        own.id == slot.id
                                                                && !own.addresses.equals(
                                                                        slot.addresses)));
    }

    /** Rule 10: what leaves stays until it is empty and rested. */
    void change(PoolConfig next, long now) {
        List<NaiveSlot> nextList = new ArrayList<>();
        for (NaiveSlot named : named(next)) {
            nextList.add(find(OptionalInt.of(named.id)).orElse(named));
        }
        List<NaiveSlot> stay = new ArrayList<>(list);
        stay.removeAll(nextList);
        stay.removeIf(slot -> slot.load() == 0 && slot.rested(now, config.minRestMillis()));
        nextList.forEach(slot -> slot.retiring = false);
        stay.forEach(slot -> slot.retiring = true);
        nextList.addAll(stay);
        list = nextList;
        config = next;
        judgeAnew();
    }

    boolean retires(long now) {
        return list.stream()
                .anyMatch(
                        slot ->
                                slot.retiring
                                        && slot.load() == 0
                                        && slot.rested(now, config.minRestMillis()));
    }

    /** Everything is forgotten but the configuration. */
    void forget() {
        list = named(config);
        judgeAnew();
    }

    /** After a change, and after a reload: nothing is known of what came back early. */
    void judgeAnew() {
        for (NaiveSlot slot : list) {
            slot.early = false;
            slot.turn = nextTurn();
            slot.aside =
                    slot.retiring
                            || config.setAside().stream()
                                    .mapToInt(SetAside::slot)
                                    .anyMatch(id -> id == slot.id);
        }
    }

    /** What is left of the configuration of a server that was removed. */
    static PoolConfig withoutSlots(PoolConfig was) {
        return new PoolConfig(
                was.version(),
                List.of(),
                was.cap(),
                was.minRestMillis(),
                was.placement(),
                was.ladder(),
                was.maxRestingShare(),
                was.leaseTtlMillis(),
                was.draining(),
                List.of(),
                Optional.empty(),
                was.targets());
    }

    private static List<NaiveSlot> named(PoolConfig config) {
        List<NaiveSlot> named = new ArrayList<>();
        for (SlotRange range : config.slots()) {
            Addresses first = range.first();
            for (int i = 0; i < range.count(); i++) {
                named.add(
                        new NaiveSlot(
                                range.firstId() + i,
                                new Addresses(
                                        first.hasV4(),
                                        first.hasV4() ? first.v4() + i : 0,
                                        first.hasV6(),
                                        first.v6High(),
                                        first.hasV6() ? first.v6Low() + i : 0)));
            }
        }
        return named;
    }
}
