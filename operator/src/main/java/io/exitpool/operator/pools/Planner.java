package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what an operator wants with what is, and says what to write next: a pure function of the
 * file and the log. A server that gives an address away is written at once; the one that gets it
 * has to wait until the log proves that the address is free. Because the giver never waits for the
 * receiver, two servers can swap addresses.
 */
final class Planner {

    private final PoolsFile file;
    private final FleetState state;
    private final boolean prune;
    private final Occupancy occupancy;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<ServerPlan> servers = new ArrayList<>();

    private Planner(PoolsFile file, FleetState state, boolean prune, boolean assumeFree) {
        this.file = file;
        this.state = state;
        this.prune = prune;
        this.occupancy = new Occupancy(state, assumeFree);
    }

    /**
     * The next step.
     *
     * @param prune removes servers that the file does not name
     * @param assumeFree takes an address for free that no configuration lists and that nobody is
     *     known to use, although a server uses addresses that no record tells
     */
    static Plan plan(PoolsFile file, FleetState state, boolean prune, boolean assumeFree) {
        Planner planner = new Planner(file, state, prune, assumeFree);
        for (String server : state.pools().keySet()) {
            if (prune && !file.servers().containsKey(server)) {
                planner.remove(server);
            }
        }
        file.servers().forEach(planner::server);
        planner.servers.sort(Comparator.comparing(ServerPlan::server));
        return new Plan(planner.servers, planner.refusals);
    }

    private void server(String server, ServerPool wanted) {
        StoredPool pool = state.pool(server);
        SlotAssignment slots =
                SlotAssignment.of(server, wanted, pool, nextSlotId(server), occupancy);
        refusals.addAll(slots.refusals());
        stayingOwners(server, slots);
        if (pool.config().isEmpty() && slots.slots().isEmpty()) {
            servers.add(unwritten(server, pool, slots.waiting()));
            return;
        }
        PoolConfig after = configuration(server, wanted, pool, slots);
        if (pool.config().filter(is -> sameButForVersion(is, after)).isPresent()) {
            servers.add(unwritten(server, pool, slots.waiting()));
            return;
        }
        servers.add(
                new ServerPlan(
                        server,
                        pool.config(),
                        Optional.of(after),
                        true,
                        new FormerNote(
                                after.getVersion(),
                                after.getNextSlotId(),
                                pool.since(after.getVersion()),
                                false,
                                formerAfter(server, slots.slots())),
                        slots.waiting(),
                        notes(server, pool, after)));
    }

    /** An address of a server that stays as it is would be on two servers for good. */
    private void stayingOwners(String server, SlotAssignment slots) {
        Map<String, List<Address>> taken = new LinkedHashMap<>();
        for (Address address : slots.fresh()) {
            occupancy
                    .configuredOn(address)
                    .filter(owner -> !prune && !file.servers().containsKey(owner))
                    .ifPresent(
                            owner ->
                                    taken.computeIfAbsent(owner, o -> new ArrayList<>())
                                            .add(address));
        }
        taken.forEach(
                (owner, addresses) ->
                        refuse(
                                server,
                                PoolsFileChecks.some(addresses)
                                        + " also on "
                                        + owner
                                        + ", which is configured and not in this file: add "
                                        + owner
                                        + " to the file without it, or remove that server with"
                                        + " --prune"));
    }

    private PoolConfig configuration(
            String server, ServerPool wanted, StoredPool pool, SlotAssignment slots) {
        PoolConfig.Builder after =
                PoolConfig.newBuilder()
                        .setVersion(nextVersion(server))
                        .setSlots(SlotTable.ranges(slots.slots()))
                        .setNextSlotId(slots.nextSlotId())
                        .setCountry(wanted.country().orElse(null))
                        .setCity(wanted.city().orElse(null));
        wanted.settings().writeTo(after);
        pool.config()
                .ifPresent(
                        before ->
                                after.setDraining(before.getDraining())
                                        .setSetAside(
                                                before.getSetAside().stream()
                                                        .filter(a -> keeps(slots, a.getSlot()))
                                                        .toList()));
        return after.build();
    }

    private static boolean keeps(SlotAssignment slots, int id) {
        return slots.slots().containsKey(id);
    }

    private void remove(String server) {
        StoredPool pool = state.pool(server);
        if (pool.config().isEmpty()) {
            return;
        }
        int sessions = state.status(server).map(PoolStatus::getSessions).orElse(0);
        if (sessions > 0 && !pool.config().get().getDraining()) {
            refuse(
                    server,
                    "--prune would remove it while "
                            + sessions
                            + " sessions live there and it takes new ones: run"
                            + " './exitpool pools drain "
                            + server
                            + "' first, or add it to the file");
            return;
        }
        if (state.status(server).isPresent() && !isTakenUp(server, pool)) {
            // Its status speaks of an earlier life, and could not be told from one of this end.
            refuse(
                    server,
                    "--prune would remove it a second time before the allocation has taken up that"
                            + " it came back: apply again when './exitpool pools show "
                            + server
                            + "' no longer says so");
            return;
        }
        servers.add(
                new ServerPlan(
                        server,
                        pool.config(),
                        Optional.empty(),
                        true,
                        new FormerNote(
                                nextVersion(server),
                                nextSlotId(server),
                                pool.note().since(),
                                isTakenUp(server, pool),
                                formerAfter(server, Map.of())),
                        List.of(),
                        List.of(
                                "takes no new sessions from now on; "
                                        + sessions
                                        + " live ones keep their addresses until they end, and the"
                                        + " pool is gone once every slot is empty and rested")));
    }

    private boolean isTakenUp(String server, StoredPool pool) {
        return state.status(server)
                .map(PoolStatus::getConfigVersion)
                .filter(shown -> shown >= pool.note().since())
                .isPresent();
    }

    private List<FormerSlots> formerAfter(String server, Map<Integer, SlotAddresses> staying) {
        return state.pool(server).leaving(occupancy.stillFormer(server), staying);
    }

    private ServerPlan unwritten(String server, StoredPool pool, List<Waiting> waiting) {
        return new ServerPlan(
                server, pool.config(), pool.config(), false, pool.note(), waiting, List.of());
    }

    private List<String> notes(String server, StoredPool pool, PoolConfig after) {
        List<String> notes = new ArrayList<>();
        pool.config()
                .ifPresent(
                        before -> {
                            int dropped = before.getSetAside().size() - after.getSetAside().size();
                            if (dropped > 0) {
                                notes.add(
                                        dropped
                                                + " set aside"
                                                + (dropped == 1 ? " slot leaves" : " slots leave")
                                                + ", and the mark with it");
                            }
                            if (before.getMinRestMillis() != after.getMinRestMillis()) {
                                notes.add(
                                        "min-rest changes: each start counts with its time and the"
                                                + " rest after it, so the same starts make another"
                                                + " load");
                            }
                        });
        if (after.getSlots().isEmpty()) {
            notes.add("has no slot until the awaited ones are free: every start is rejected");
        }
        if (after.getDraining()) {
            notes.add("is draining: run './exitpool pools undrain " + server + "' to use it");
        }
        return notes;
    }

    /** Above all that the log and the status know, so that the allocator takes it. */
    private long nextVersion(String server) {
        long shown =
                state.status(server)
                        .map(PoolStatus::getConfigVersion)
                        .map(Long::longValue)
                        .orElse(0L);
        return Math.max(state.pool(server).version(), shown) + 1;
    }

    /** Above all ids that the log and the status know. */
    private int nextSlotId(String server) {
        int retiring =
                state.status(server).map(PoolStatus::getRetiring).orElse(List.of()).stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(-1);
        return Math.max(state.pool(server).nextSlotId(), retiring + 1);
    }

    private static boolean sameButForVersion(PoolConfig is, PoolConfig wanted) {
        PoolConfig.Builder other = PoolConfig.newBuilder(is);
        return other.setVersion(wanted.getVersion()).setOrder(null).build().equals(wanted);
    }

    private void refuse(String server, String what) {
        refusals.add(Problem.at("servers." + server, what));
    }
}
