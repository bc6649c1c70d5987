package io.exitpool.bench.load;

import io.exitpool.bench.load.FleetShape.PoolShape;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * What the agents of a fleet say, without end: first each server's {@code ServerStarted} and its
 * first snapshot, then starts and ends in balance, snapshots and duplicates. Every event is valid
 * where it stands, so that each start is granted and each end releases; pools are full to 60 %. The
 * same seed and clock give the same events.
 *
 * <p>All servers are equally busy, the large one too: otherwise a fleet of few would be one
 * partition. A server sends the more snapshots the smaller it is, so that an event carries as many
 * entries of snapshots in every fleet: in life, too, snapshots come at one pace, and events with a
 * server's size.
 */
public final class EventStream {
    /** Share of events that are snapshots, once all servers have begun. */
    private static final double SNAPSHOTS = 0.01;

    private static final double DUPLICATES = 0.01;

    private final InstantSource clock;
    private final SplittableRandom random;
    private final AgentState[] agents;
    private final double[] snapshotWeights;
    private final Deque<Event> due = new ArrayDeque<>();
    private int opened;
    private boolean begun;

    /**
     * @param clock what the agents' clocks show; their epoch is now
     */
    public EventStream(FleetShape fleet, long seed, InstantSource clock) {
        this.clock = clock;
        random = new SplittableRandom(seed);
        Instant now = clock.instant();
        long epoch = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        agents = new AgentState[fleet.servers()];
        snapshotWeights = new double[agents.length];
        double sum = 0;
        for (int i = 0; i < agents.length; i++) {
            PoolShape pool = fleet.pools().get(i);
            agents[i] = new AgentState(i, pool, epoch);
            sum += 1.0 / pool.slots();
            snapshotWeights[i] = sum;
        }
    }

    /** Whether servers are still beginning: not all first snapshots have been given out. */
    public boolean opening() {
        return opened < agents.length || !begun && !due.isEmpty();
    }

    /** Sessions that live when the last event that was given out has been applied. */
    public long sessions() {
        return Arrays.stream(agents).mapToLong(AgentState::live).sum();
    }

    /** The next event. */
    public Event next() {
        if (due.isEmpty()) {
            if (opened < agents.length) {
                open(agents[opened++]);
            } else {
                begun = true;
                go();
            }
        }
        return due.remove();
    }

    private void open(AgentState agent) {
        long second = clock.instant().getEpochSecond();
        due.add(agent.serverStarted(second));
        agent.populate(agent.pool().usualSessions(), random);
        due.addAll(agent.snapshot(true, second));
    }

    private void go() {
        long second = clock.instant().getEpochSecond();
        double kind = random.nextDouble();
        if (kind < SNAPSHOTS) {
            due.addAll(agents[snapshotting()].snapshot(false, second));
            return;
        }
        AgentState agent = agents[random.nextInt(agents.length)];
        if (kind < SNAPSHOTS + DUPLICATES) {
            due.add(agent.duplicate());
        } else {
            due.add(starts(agent) ? agent.start(random, second) : agent.end(random, second));
        }
    }

    /** Evenly, but within a tenth of the pool, or one session, of its usual number. */
    private boolean starts(AgentState agent) {
        int usual = agent.pool().usualSessions();
        int margin = Math.max(1, agent.pool().slots() / 10);
        int most = Math.min(agent.pool().slots() - 1, usual + margin);
        if (agent.live() >= most) {
            return false;
        }
        return agent.live() <= Math.max(0, usual - margin) || random.nextBoolean();
    }

    private int snapshotting() {
        double point = random.nextDouble() * snapshotWeights[snapshotWeights.length - 1];
        int found = Arrays.binarySearch(snapshotWeights, point);
        return Math.min(agents.length - 1, found < 0 ? -found - 1 : found);
    }
}
