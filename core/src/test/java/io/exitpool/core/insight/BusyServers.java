package io.exitpool.core.insight;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.ConfigDraft;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Real pools under agents that do everything agents do: starts with wishes, retries, ends,
 * duplicates, snapshots that lack sessions, restarts that take sessions over, silence; under an
 * operator who changes configurations; and under an allocation that now and then stands still.
 */
final class BusyServers {
    /** A full minute. */
    static final long BEGIN = 1_790_000_040_000L;

    private static final AllocationSettings FAIL_FAST =
            new AllocationSettings(30_000, 10_000, 86_400_000, 300_000, 1_000, 60_000, true);

    final Tape tape = new Tape(this::heard);
    private final SplittableRandom random;
    private final PartitionPools pools;
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private long now = BEGIN;

    private static final class Agent {
        private final String server;
        private final ConfigDraft draft;
        private final int slots;
        private final Map<SessionId, Integer> live = new LinkedHashMap<>();
        private final List<SessionId> refused = new ArrayList<>();
        private final double busy;
        private long epoch = 1;
        private long seq;
        private long snapshots;
        private long silentUntil;
        private long nextSnapshot;

        Agent(String server, ConfigDraft draft, int slots, double busy) {
            this.server = server;
            this.draft = draft;
            this.slots = slots;
            this.busy = busy;
        }
    }

    BusyServers(long seed, String... servers) {
        random = new SplittableRandom(seed);
        pools = new PartitionPools(FAIL_FAST, random.split(), tape);
        tape.now = now;
        for (String server : servers) {
            int slots = 3 + random.nextInt(12);
            int cap = random.nextInt(3) == 0 ? 3 : 1;
            ConfigDraft draft =
                    ConfigDraft.slots(slots)
                            .ranges(new SlotRange(0, slots, families(random.nextInt(3))))
                            .cap(cap)
                            .minRest(random.nextInt(3) * 7_000L);
            if (random.nextBoolean()) {
                draft.shortenRestTo(2_000).shareUpTo(cap + random.nextInt(2));
            }
            agents.put(server, new Agent(server, draft, slots, random.nextDouble()));
            pools.onConfig(server, Optional.of(draft.next()), now);
        }
    }

    private static Addresses families(int which) {
        return which == 0
                ? Addresses.ofV4(ConfigDraft.DOCUMENTATION_V4)
                : new Addresses(
                        which == 2,
                        ConfigDraft.DOCUMENTATION_V4,
                        true,
                        ConfigDraft.DOCUMENTATION_V6,
                        1);
    }

    /** So much of the life of all servers. */
    BusyServers run(long millis) {
        for (long end = now + millis; now < end; ) {
            long before = now;
            // Allocation stands still, for long or for very long; else records are close together.
            now +=
                    random.nextInt(2_000) == 0
                            ? 5_000 + random.nextInt(200_000)
                            : random.nextInt(4) == 0 ? 0 : random.nextInt(900);
            if (now / 1_000 != before / 1_000) {
                pools.onTick(tape.now = random.nextBoolean() ? now : now / 1_000 * 1_000);
                now = Math.max(now, tape.now);
            }
            tape.now = now;
            tape.lag =
                    random.nextInt(3) == 0
                            ? OptionalLong.empty()
                            : OptionalLong.of(random.nextInt(3_000));
            for (Agent agent : agents.values()) {
                act(agent);
            }
        }
        pools.onTick(tape.now = now + 1_000);
        return this;
    }

    private void act(Agent agent) {
        if (now < agent.silentUntil) {
            return;
        }
        if (agent.epoch == 1 && agent.seq == 0) {
            say(agent, new ServerStarted());
            snapshot(agent);
        }
        if (now >= agent.nextSnapshot) {
            snapshot(agent);
        }
        int roll = random.nextInt(1_000);
        if (roll < 400 * agent.busy) {
            start(agent);
        } else if (roll < 700) {
            if (!agent.live.isEmpty() && random.nextDouble() < 0.1 + 0.4 * agent.busy) {
                say(agent, new SessionEnded(any(agent)));
            }
        } else if (roll < 760 && !agent.refused.isEmpty()) {
            SessionId again = agent.refused.remove(random.nextInt(agent.refused.size()));
            say(agent, started(again, OptionalInt.empty(), 1 + random.nextInt(3)));
        } else if (roll < 780 && !agent.live.isEmpty()) {
            say(agent, started(any(agent), OptionalInt.empty(), random.nextInt(2)));
        } else if (roll < 790 && agent.seq > 1) {
            agent.seq -= 1;
            say(agent, new SessionEnded(newSession()));
        } else if (roll < 794) {
            restart(agent);
        } else if (roll < 796) {
            agent.silentUntil = now + random.nextInt(400_000);
        } else if (roll < 799) {
            reconfigure(agent);
        }
    }

    private void start(Agent agent) {
        OptionalInt wanted =
                random.nextInt(3) == 0
                        ? OptionalInt.of(random.nextInt(agent.slots))
                        : OptionalInt.empty();
        say(agent, started(newSession(), wanted, 0));
    }

    private void restart(Agent agent) {
        agent.epoch++;
        agent.seq = 0;
        List<Integer> held = new ArrayList<>(agent.live.values());
        agent.live.clear();
        agent.refused.clear();
        say(agent, new ServerStarted());
        if (random.nextBoolean()) {
            start(agent);
        }
        List<SnapshotEntry> entries = new ArrayList<>();
        for (int slot : held) {
            if (random.nextInt(5) > 0) {
                entries.add(
                        new SnapshotEntry(newSession(), OptionalInt.of(slot), OptionalInt.empty()));
            }
        }
        say(agent, new SnapshotPart(++agent.snapshots, 0, 1, entries));
    }

    private void snapshot(Agent agent) {
        agent.nextSnapshot = now + 30_000;
        List<SnapshotEntry> entries = new ArrayList<>();
        for (Map.Entry<SessionId, Integer> one : List.copyOf(agent.live.entrySet())) {
            if (random.nextInt(20) == 0) {
                agent.live.remove(one.getKey());
            } else {
                entries.add(
                        new SnapshotEntry(
                                one.getKey(), OptionalInt.of(one.getValue()), OptionalInt.empty()));
            }
        }
        say(agent, new SnapshotPart(++agent.snapshots, 0, 1, entries));
    }

    private void reconfigure(Agent agent) {
        switch (random.nextInt(4)) {
            case 0 -> agent.draft.minRest(random.nextInt(20_000));
            case 1 -> agent.draft.setAside(random.nextInt(agent.slots));
            case 2 -> agent.draft.setAside();
            default -> agent.draft.draining(random.nextInt(3) == 0);
        }
        pools.onConfig(
                agent.server,
                Optional.of(
                        random.nextInt(3) == 0
                                ? agent.draft.next(
                                        new Order.ReleaseSlot(random.nextInt(agent.slots)))
                                : agent.draft.next()),
                now);
    }

    private void say(Agent agent, EventBody body) {
        pools.onEvent(
                agent.server, new AgentEvent(agent.epoch, ++agent.seq, now / 1_000, body), now);
    }

    private void heard(String server, Decision decision) {
        Agent agent = agents.get(server);
        if (decision.outcome() instanceof Granted granted) {
            agent.live.put(decision.session(), granted.slot());
        } else if (decision.outcome() instanceof Released) {
            agent.live.remove(decision.session());
        } else if (!agent.live.containsKey(decision.session())) {
            agent.refused.add(decision.session());
        }
    }

    private SessionId any(Agent agent) {
        return new ArrayList<>(agent.live.keySet()).get(random.nextInt(agent.live.size()));
    }

    private SessionId newSession() {
        return new SessionId(random.nextLong(), random.nextLong());
    }

    private static SessionStarted started(SessionId session, OptionalInt wanted, int attempt) {
        return new SessionStarted(session, OptionalInt.empty(), wanted, attempt);
    }
}
