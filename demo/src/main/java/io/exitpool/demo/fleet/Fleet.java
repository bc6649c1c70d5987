package io.exitpool.demo.fleet;

import io.exitpool.agent.protocol.RatioWish;
import io.exitpool.agent.protocol.StickyWish;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.demo.workload.ExitServer;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated fleet at work: one thread drives all servers and their agents, sends their events
 * and hands them their decisions. It runs until it is told to {@link #settle} or closed; its
 * tunnels then live on in {@link #kernels()}, as kernels outlive their agents.
 */
public final class Fleet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration SALT_LIFE = Duration.ofHours(24);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final double LONGEST_POLL_MILLIS = 5;
    private static final long VIEW_EVERY_MILLIS = 200;

    private enum Phase {
        RUNNING,
        SETTLING,
        STOPPED
    }

    private final FleetPlan plan;
    private final FleetLink link;
    private final Latencies latencies = new Latencies();
    private final Map<String, ExitHost> hosts = new LinkedHashMap<>();
    private final Map<String, PoolStatus> statuses = new LinkedHashMap<>();
    private final Agenda agenda = new Agenda();
    private final SimulatedClock clock;
    private final Script script;
    private final Thread thread = new Thread(this::drive, "fleet");
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Phase phase = Phase.RUNNING;
    private volatile FleetView view;
    private volatile Kernels kernels;
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private boolean settled;
    private long viewAt;

    private Fleet(FleetPlan plan, Connection connection, OperatorDesk operator, Kernels kernels) {
        this.plan = plan;
        link = new FleetLink(connection);
        SecureRandom sessionIds = new SecureRandom();
        for (ExitServer server : plan.servers()) {
            ExitHost.Make make =
                    new ExitHost.Make(
                            server.name(),
                            plan.pools().get(server.name()).ids(),
                            wish(server.scheme(), sessionIds),
                            plan.agentSettings(),
                            sessionIds);
            hosts.put(
                    server.name(),
                    new ExitHost(make, link, latencies, kernels.epoch(server.name())));
        }
        clock = new SimulatedClock(plan.speed(), System.nanoTime());
        script = new Script(plan, hosts, agenda, clock, operator);
        this.kernels = kernels;
        view = view(System.currentTimeMillis());
        script.begin(kernels);
    }

    /**
     * Connects the fleet and lets it run.
     *
     * @param kernels what lived on from an earlier run
     */
    public static Fleet start(
            FleetPlan plan, Connection connection, OperatorDesk operator, Kernels kernels) {
        Fleet fleet = new Fleet(plan, connection, operator, kernels);
        fleet.thread.start();
        return fleet;
    }

    /** The fleet as it was a moment ago. */
    public FleetView view() {
        return view;
    }

    /**
     * Lets nobody come or go any more. The fleet stops when every start and end has its answer, the
     * operator is done, and each pool has the leases that its server knows of.
     */
    public void settle() {
        if (phase == Phase.RUNNING) {
            phase = Phase.SETTLING;
        }
    }

    /** Whether it has stopped, by itself or because it failed. */
    public boolean hasStopped() {
        return ended.getCount() == 0;
    }

    /** Stops it; what happened. Throws what it failed with. */
    public FleetTotals totals() {
        stop();
        failure.ifPresent(
                cause -> {
                    throw cause;
                });
        return Totals.of(hosts.values(), link.events(), script, latencies, settled);
    }

    /** What would live on if it stopped now, as it was a moment ago. */
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public void close() {
        stop();
        script.close();
        link.close();
    }

    private void stop() {
        phase = Phase.STOPPED;
        try {
            if (!ended.await(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the simulated fleet does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drive() {
        try {
            while (phase == Phase.RUNNING) {
                agenda.run(clock.minute(System.nanoTime()));
                turn();
            }
            agenda.clear();
            while (phase == Phase.SETTLING && !settled) {
                turn();
                settled = script.operatorIdle() && agree();
            }
            link.flush();
            publish(System.currentTimeMillis());
        } catch (RuntimeException e) {
            LOG.error("the simulated fleet failed", e);
            failure = Optional.of(e);
        } finally {
            ended.countDown();
        }
    }

    private void turn() {
        long now = System.currentTimeMillis();
        hosts.values().forEach(host -> host.tick(now));
        double idle = clock.millisUntil(agenda.nextMinute(), System.nanoTime());
        double wait = Math.max(0, Math.min(idle, LONGEST_POLL_MILLIS));
        for (Entry<?> entry : link.poll(Duration.ofMillis((long) wait))) {
            entry.as(Topics.DECISIONS).ifPresent(this::decided);
            entry.as(Topics.POOL_STATUS).ifPresent(this::published);
        }
        for (String server = link.nextUndelivered();
                server != null;
                server = link.nextUndelivered()) {
            hosts.get(server).undelivered();
        }
        if (now >= viewAt) {
            viewAt = now + VIEW_EVERY_MILLIS;
            publish(now);
        }
    }

    private void publish(long now) {
        view = view(now);
        kernels = Kernels.of(hosts, clock.minute(System.nanoTime()));
    }

    private void decided(Entry<Decision> entry) {
        Decision decision = entry.value();
        ExitHost host = hosts.get(entry.key());
        if (decision == null || host == null) {
            return;
        }
        boolean answers =
                decision.getOutcome() instanceof Granted
                        || decision.getOutcome() instanceof Rejected;
        if (answers && decision.getSeq() != null) {
            latencies.answered(entry.key(), host.epoch(), decision.getSeq(), System.nanoTime());
        }
        host.decided(decision, System.currentTimeMillis());
    }

    private void published(Entry<PoolStatus> entry) {
        if (entry.value() != null && hosts.containsKey(entry.key())) {
            statuses.put(entry.key(), entry.value());
        }
    }

    /** Nothing is open, and each pool has the leases that its server knows of. */
    private boolean agree() {
        for (Map.Entry<String, ExitHost> entry : hosts.entrySet()) {
            ExitHost host = entry.getValue();
            PoolStatus status = statuses.get(entry.getKey());
            boolean same =
                    !host.reports()
                            || status != null && status.getSessions() == host.truth().leases();
            if (!host.settled() || !same) {
                return false;
            }
        }
        return true;
    }

    private FleetView view(long now) {
        List<FleetView.ServerView> servers = new ArrayList<>();
        hosts.forEach(
                (name, host) ->
                        servers.add(
                                new FleetView.ServerView(
                                        name,
                                        host.reports(),
                                        Optional.ofNullable(statuses.get(name)),
                                        host.tally().grantsPerMinute(now),
                                        host.tally().rejectionsPerMinute(now),
                                        host.tally().adoptionsPerMinute(now))));
        return new FleetView(servers, link.events());
    }

    private static Wish wish(ExitServer.WishScheme scheme, SecureRandom random) {
        return switch (scheme) {
            case NONE -> Wish.NONE;
            case RATIO -> new RatioWish();
            case STICKY -> new StickyWish(random, SALT_LIFE);
        };
    }
}
