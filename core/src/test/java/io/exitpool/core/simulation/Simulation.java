package io.exitpool.core.simulation;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.RecordingSink;
import io.exitpool.core.pool.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A partition of a few servers, the pools under test and the model, all under one seed. */
final class Simulation {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final AllocationSettings SETTINGS =
            new AllocationSettings(30_000, 10_000, 86_400_000, 300_000, 1_000, 60_000, true);

    private record Server(SimulatedServer agent, SimulatedOperator operator) {
        String name() {
            return agent.name;
        }
    }

    private final Random random;
    private final Defect defect;
    private final Coverage coverage;
    private final List<Server> servers = new ArrayList<>();

    private final RecordingSink store = new RecordingSink();
    private final MeantConfigs meant;
    private final Sink sink;
    private final NaivePartition model = new NaivePartition(SETTINGS);
    private PartitionPools pools;

    private long now = BEGIN;
    private long nextTick = BEGIN;

    /** No record is older: what was read before a reload is not forgotten. */
    private long youngest;

    private long events;

    Simulation(long seed, Defect defect, Coverage coverage) {
        random = new Random(seed);
        this.defect = defect;
        this.coverage = coverage;
        meant = new MeantConfigs(store, defect);
        sink = defect.sink(meant);
        pools = new PartitionPools(defect.settings(SETTINGS), chance(), sink);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            servers.add(
                    new Server(
                            new SimulatedServer("se-sto-wg-%03d".formatted(n), chance()),
                            new SimulatedOperator(chance())));
        }
    }

    /** Runs until the agents have said so many events; how many they were. */
    long run(int agentEvents) {
        while (events < agentEvents) {
            step();
        }
        RowAudit.check(model, store);
        return events;
    }

    private void step() {
        letTimePass();
        if (now >= nextTick) {
            tick();
        }
        Server server = servers.get(random.nextInt(servers.size()));
        int dice = random.nextInt(1_000);
        if (dice < 6) {
            operate(server);
        } else if (dice == 6) {
            reload();
        } else if (dice < 10) {
            coverage.didIf(pools.readNext(), "pool read before it was asked for");
        } else {
            speak(server);
        }
    }

    private void letTimePass() {
        now += random.nextInt(2) == 0 ? 0 : random.nextInt(400);
        if (random.nextInt(2_000) == 0) {
            now += random.nextInt(200_000);
            nextTick = now + random.nextInt(1_000);
            coverage.did("log gap");
        }
    }

    private void tick() {
        nextTick = now + 1_000;
        pools.onTick(now);
        Answers answers = answers("tick");
        int slots = slots();
        int servers = model.pools.size();
        model.tick(now, answers);
        coverage.didIf(slots() < slots, "slot retired");
        coverage.didIf(model.pools.size() < servers, "server gone");
        if (random.nextInt(4) == 0) {
            RowAudit.check(model, store);
            model.pools.values().forEach(pool -> coverage.counted(pool.counters.now()));
        }
    }

    private int slots() {
        return model.pools.values().stream().mapToInt(pool -> pool.slots.list.size()).sum();
    }

    private void speak(Server server) {
        NaivePool pool = model.pools.get(server.name());
        int capacity = pool == null ? 4 : pool.slots.list.size() * pool.slots.capMax();
        long ttl = pool == null ? 60_000 : pool.slots.config.leaseTtlMillis();
        server.agent().speak(now, capacity, ttl).ifPresent(event -> deliver(server, event));
    }

    private void deliver(Server server, AgentEvent event) {
        events++;
        long at = now;
        if (random.nextInt(100) == 0) {
            at = Math.max(youngest, at - random.nextInt(500));
            coverage.did("time went back");
        }
        coverage.didIf(event.epoch() / 1_000 > at + 86_400_000, "epoch refused");
        pools.onEvent(server.name(), defect.event(server.name(), event), at);
        model.event(server.name(), event, at, answers(event));
    }

    private void operate(Server server) {
        NaivePool pool = model.pools.get(server.name());
        if (pool != null && random.nextInt(12) == 0) {
            configure(server, Optional.empty());
        } else if (pool != null && pool.failed.isPresent() && random.nextInt(3) > 0) {
            configure(server, Optional.of(server.operator().rebuild(pool.slots.config)));
        } else {
            Optional<PoolConfig> current = Optional.ofNullable(pool).map(p -> p.slots.config);
            configure(server, Optional.of(server.operator().next(current)));
        }
    }

    private void configure(Server server, Optional<PoolConfig> config) {
        pools.onConfig(server.name(), config.map(meant::altered), now);
        model.config(server.name(), config, now, answers(config));
        NaivePool pool = model.pools.get(server.name());
        boolean taken = pool != null && config.equals(Optional.of(pool.slots.config));
        coverage.didIf(config.isEmpty(), "server removed");
        coverage.didIf(taken, "configuration taken");
        coverage.didIf(config.isPresent() && !taken, "configuration refused");
        Optional<Order> order = config.filter(c -> taken).flatMap(PoolConfig::order);
        order.ifPresent(its -> coverage.did("order " + its.getClass().getSimpleName()));
        if (order.isPresent() && order.get() instanceof Order.ResetEpoch) {
            server.agent().epochWasReset();
        }
    }

    /** The pools are dropped and put together from their rows, one of them perhaps as failed. */
    private void reload() {
        RowAudit.check(model, store);
        if (random.nextInt(4) == 0 && !model.pools.isEmpty()) {
            List<String> names = List.copyOf(model.pools.keySet());
            RecordingSink.Rows rows = store.rows(names.get(random.nextInt(names.size())));
            rows.pool = Optional.of(failed(rows.pool.orElseThrow()));
            coverage.did("reload of a failed pool");
        }
        pools =
                store.reload(
                        defect.settings(SETTINGS),
                        chance(),
                        sink,
                        meant::altered,
                        random.nextLong());
        model.reload(store);
        coverage.did("reload");
        // The next record is younger than all before, and a Tick asks for every pool.
        if (random.nextBoolean()) {
            tick();
        } else {
            now++;
            nextTick = now + random.nextInt(2_000);
            youngest = now;
            coverage.didIf(pools.servers() > 0, "pool read when it was asked for");
        }
    }

    private static PoolRow failed(PoolRow row) {
        return new PoolRow(
                row.epoch(),
                row.seq(),
                row.decided(),
                row.synced(),
                row.silentMillis(),
                row.lastSnapshotAt(),
                row.removed(),
                row.retiring(),
                Optional.of("a defect of an earlier life"),
                row.counters());
    }

    private Answers answers(Object record) {
        store.commit();
        Answers answers = new Answers(record, store);
        for (RecordingSink.Told told : answers.told()) {
            coverage.told(told.decision());
            for (Server server : servers) {
                if (server.name().equals(told.server())) {
                    server.agent().hear(told.decision(), now);
                }
            }
        }
        return answers;
    }

    private Random chance() {
        return new Random(random.nextLong());
    }
}
