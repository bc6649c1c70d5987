package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generates valid histories: a few servers whose agents do all that agents do, and all that goes
 * wrong with them, answered by {@link NaivePool naive pools}. The same seed gives the same logs.
 */
final class FleetHistory {
    private static final long BEGIN = 1_750_000_000_000L;
    private static final List<String> SERVERS =
            List.of("au-mel-wg-402", "ca-mtr-wg-302", "fi-hel-wg-201", "no-osl-wg-101");
    static final int PARTITIONS = 2;

    private final RandomGenerator random;
    private final Logs logs = new Logs();
    private final List<Host> hosts = new ArrayList<>();
    private final long[] counted = new long[PARTITIONS];
    private final long[] lastEvent = new long[PARTITIONS];
    private long now = BEGIN;
    private long nextTick = BEGIN + 1_000;
    private long quietUntil;

    private FleetHistory(long seed) {
        random = new SplittableRandom(seed);
    }

    static Logs generate(long seed, int steps) {
        return new FleetHistory(seed).run(steps);
    }

    private final class Host {
        private final String server;
        private final int partition;
        private final int firstAddress;
        private final NaivePool pool;
        private final NaiveAgent agent;
        private long decided;

        Host(int index) {
            server = SERVERS.get(index);
            partition = ServerPartition.of(server, PARTITIONS);
            firstAddress = 1 + index * 40;
            pool =
                    new NaivePool(
                            (session, epoch, seq, version, outcome) -> {
                                logs.append(
                                        Topics.DECISIONS,
                                        partition,
                                        now,
                                        server,
                                        new io.exitpool.schemas.Decision(
                                                session,
                                                number(outcome),
                                                epoch,
                                                seq,
                                                version,
                                                null,
                                                outcome));
                                agent().hear(session, outcome);
                            },
                            random);
            agent = new NaiveAgent(random, index, BEGIN * 1_000, this::send);
        }

        /** The decision's; there is none before there is a pool. */
        private Long number(Object outcome) {
            boolean counted =
                    !(outcome instanceof Rejected rejected)
                            || rejected.getCause() != RejectCause.NO_POOL;
            return counted ? ++decided : null;
        }

        private NaiveAgent agent() {
            return agent;
        }

        private void send(AgentEvent event) {
            pass(partition);
            logs.append(Topics.SESSION_EVENTS, partition, now, server, new SessionEvent(event));
            if (event.getEpoch() / 1_000 - 86_400_000 <= now) {
                pool.event(event, now, counted[partition]);
            }
        }

        void configure(PoolConfig next) {
            logs.append(Topics.POOL_CONFIGS, partition, now, server, next);
            pool.configure(next, now);
            if (next.getVersion() == 1 || next.getOrder() instanceof ResetEpoch) {
                agent.forget();
            }
        }
    }

    private Logs run(int steps) {
        for (int i = 0; i < SERVERS.size(); i++) {
            hosts.add(new Host(i));
        }
        // One server is configured late and turned away until then.
        hosts.subList(1, hosts.size()).forEach(this::configureFirst);
        for (int step = 0; step < steps; step++) {
            advance(random.nextInt(10) == 0 ? 12_000 : random.nextInt(1_500));
            if (step == steps / 10) {
                configureFirst(hosts.get(0));
            }
            Host host = hosts.get(random.nextInt(hosts.size()));
            if (random.nextInt(40) == 0 && host.pool.config() != null) {
                host.configure(change(host));
            } else if (random.nextInt(400) == 0) {
                // The allocation is down: no Ticks, and what comes meanwhile is answered later.
                quietUntil = now + 45_000;
            } else {
                host.agent.act(now);
            }
        }
        advance(10_000);
        return logs;
    }

    private void configureFirst(Host host) {
        PoolConfig config = Records.config(1, 3 + random.nextInt(5), host.firstAddress);
        config.setCap(1 + random.nextInt(2));
        config.setMinRestMillis(10_000L * (1 + random.nextInt(3)));
        config.setLeaseTtlMillis(90_000L);
        host.decided = now * 1_000;
        host.configure(config);
    }

    /** Any one thing that an operator may change. */
    private PoolConfig change(Host host) {
        PoolConfig old = host.pool.config();
        PoolConfig next = Records.copy(old, old.getVersion() + 1);
        if (old.getDraining()) {
            next.setDraining(false);
            return next;
        }
        switch (random.nextInt(11)) {
            case 0 -> {
                next.setCap(1 + random.nextInt(3));
                next.setLadder(new Ladder(null, null));
            }
            case 1 -> next.setMinRestMillis(5_000L * (1 + random.nextInt(6)));
            case 2 -> next.setLadder(new Ladder(3_000L, null));
            case 3 -> next.setLadder(new Ladder(null, next.getCap() + 1));
            case 4 -> next.setMaxRestingShare(random.nextBoolean() ? 0.2 : 1.0);
            case 5 -> next.setDraining(true);
            case 6 -> next.setSetAside(setAside(old));
            case 7 -> next.setOrder(new ReleaseSlot(random.nextInt(old.getNextSlotId())));
            case 8 -> next.setOrder(random.nextInt(3) == 0 ? new Rebuild() : null);
            case 9 -> next.setOrder(random.nextInt(3) == 0 ? new ResetEpoch() : null);
            default -> moveSlots(host, next);
        }
        return next;
    }

    private List<SetAside> setAside(PoolConfig config) {
        return random.nextBoolean()
                ? List.of()
                : List.of(Records.setAside(random.nextInt(config.getNextSlotId())));
    }

    /** Drops a slot, or adds one with an address that was never used. */
    private void moveSlots(Host host, PoolConfig next) {
        List<SlotRange> ranges = new ArrayList<>(next.getSlots());
        int id = next.getNextSlotId();
        SlotRange last = ranges.get(ranges.size() - 1);
        if (random.nextBoolean() && last.getCount() > 1) {
            ranges.set(
                    ranges.size() - 1,
                    SlotRange.newBuilder(last).setCount(last.getCount() - 1).build());
        } else if (id < 30) {
            ranges.add(Records.range(id, 1, host.firstAddress + id));
            next.setNextSlotId(id + 1);
        }
        next.setSlots(ranges);
    }

    private void advance(long millis) {
        long until = now + millis;
        while (nextTick <= until) {
            now = nextTick;
            nextTick += 1_000;
            if (now > quietUntil) {
                tick();
            }
        }
        now = until;
    }

    private void tick() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            pass(partition);
            logs.append(Topics.SESSION_EVENTS, partition, now, null, Records.tick(partition));
            for (Host host : hosts) {
                if (host.partition == partition) {
                    host.pool.tick(now, counted[partition]);
                }
            }
        }
    }

    private void pass(int partition) {
        long gap = lastEvent[partition] == 0 ? 0 : now - lastEvent[partition];
        counted[partition] += gap <= 30_000 ? gap : 0;
        lastEvent[partition] = now;
    }
}
