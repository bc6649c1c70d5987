package io.exitpool.demo.fleet;

import io.exitpool.demo.workload.ExitServer;
import io.exitpool.demo.workload.Incident;
import io.exitpool.demo.workload.Incidents;
import io.exitpool.demo.workload.Returns;
import io.exitpool.demo.workload.Visit;
import io.exitpool.demo.workload.Visits;
import io.exitpool.schemas.EndReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the workload on the agenda: visits become tunnels that come and go, incidents happen to
 * servers. Runs on the fleet's thread but for the operator's work.
 */
final class Script implements Incident.Cases<Void>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Script.class);
    private static final String REASON = "listed by a reputation service";

    private final FleetPlan plan;
    private final Map<String, ExitHost> hosts;
    private final Agenda agenda;
    private final SimulatedClock clock;
    private final OperatorDesk operator;
    private final Visits visits;
    private final Incidents incidents;
    private final Map<String, List<String>> setAside = new HashMap<>();
    private final ExecutorService operatorsThread =
            Executors.newSingleThreadExecutor(Script::daemonThread);
    private final AtomicInteger operatorActions = new AtomicInteger();
    private final AtomicInteger operatorsTasks = new AtomicInteger();
    private int crashes;
    private int agentRestarts;
    private int storms;

    Script(
            FleetPlan plan,
            Map<String, ExitHost> hosts,
            Agenda agenda,
            SimulatedClock clock,
            OperatorDesk operator) {
        this.plan = plan;
        this.hosts = hosts;
        this.agenda = agenda;
        this.clock = clock;
        this.operator = operator;
        this.visits = new Visits(plan.servers(), plan.seed(), plan.rate());
        this.incidents = new Incidents(plan.servers(), plan.seed());
    }

    /** Puts the beginning on the agenda: agents start, then clients arrive. */
    void begin(Kernels kernels) {
        kernels.servers().forEach(this::resume);
        agenda.at(0, () -> hosts.values().forEach(host -> host.agentStarts(now())));
        if (kernels.isNone()) {
            liveBefore(visits.before());
        }
        nextArrival();
        cycle(0);
    }

    int crashes() {
        return crashes;
    }

    int agentRestarts() {
        return agentRestarts;
    }

    int storms() {
        return storms;
    }

    int operatorActions() {
        return operatorActions.get();
    }

    /** The operator has nothing under way. */
    boolean operatorIdle() {
        return operatorsTasks.get() == 0;
    }

    @Override
    public void close() {
        operatorsThread.shutdownNow();
    }

    private void resume(String server, Kernels.Server kernel) {
        ExitHost host = hosts.get(server);
        if (host == null) {
            return;
        }
        for (Kernels.LiveTunnel live : kernel.tunnels()) {
            Visit visit =
                    new Visit(server, live.peer(), 0, live.minutesLeft(), false, false, false);
            Tunnel tunnel = host.resumes(visit, live.slot());
            leaveAt(visit.endMinute(), host, tunnel);
        }
    }

    /** The fleet was at work before it was given an allocator: who is connected has an address. */
    private void liveBefore(List<Visit> before) {
        Map<String, Deque<Integer>> free = new HashMap<>();
        Random random = new Random(plan.seed());
        for (ExitServer server : plan.servers()) {
            List<Integer> slots = new ArrayList<>(plan.pools().get(server.name()).ids());
            Collections.shuffle(slots, random);
            free.put(server.name(), new ArrayDeque<>(slots));
        }
        for (Visit visit : before) {
            Integer slot = free.get(visit.server()).poll();
            if (slot == null) {
                visit(visit);
            } else {
                ExitHost host = hosts.get(visit.server());
                leaveAt(visit.endMinute(), host, host.resumes(visit, slot));
            }
        }
    }

    private void nextArrival() {
        Visit next = visits.next();
        agenda.at(
                next.startMinute(),
                () -> {
                    arrive(next);
                    nextArrival();
                });
    }

    private void visit(Visit visit) {
        agenda.at(visit.startMinute(), () -> arrive(visit));
    }

    private void arrive(Visit visit) {
        ExitHost host = hosts.get(visit.server());
        Tunnel tunnel = host.arrives(visit, now());
        leaveAt(visit.endMinute(), host, tunnel);
    }

    private void leaveAt(double minute, ExitHost host, Tunnel tunnel) {
        agenda.at(minute, () -> host.leaves(tunnel, EndReason.SILENT, now()));
    }

    private void cycle(int number) {
        for (Incident incident : incidents.ofCycle(number)) {
            agenda.at(incident.minute(), () -> incident.match(this));
        }
        agenda.at((number + 1) * Incidents.CYCLE_MINUTES, () -> cycle(number + 1));
    }

    @Override
    public Void reconnectWave(Incident.ReconnectWave wave) {
        Returns returns = new Returns(wave, plan.seed());
        ExitHost host = hosts.get(wave.server());
        for (Tunnel tunnel : host.tunnels()) {
            if (returns.reconnects(wave)) {
                host.leaves(tunnel, EndReason.PEER_RESET, now());
                visit(returns.again(wave, tunnel.visit()));
            }
        }
        returns.crowd(wave).forEach(this::visit);
        return null;
    }

    @Override
    public Void serverCrash(Incident.ServerCrash crash) {
        crashes++;
        storms++;
        ExitHost host = hosts.get(crash.server());
        List<Visit> cut = host.crashes();
        double back = crash.minute() + plan.crashMinutes(clock);
        new Returns(crash, plan.seed()).after(crash, cut, back).forEach(this::visit);
        agenda.at(back, () -> host.agentStarts(now()));
        return null;
    }

    @Override
    public Void agentRestart(Incident.AgentRestart restart) {
        agentRestarts++;
        ExitHost host = hosts.get(restart.server());
        host.agentDies();
        double half = restart.minute() + restart.downMinutes() / 2;
        agenda.at(half, () -> endUnseen(host, restart.ends()));
        double back = restart.minute() + restart.downMinutes();
        agenda.at(back, () -> host.agentStarts(now()));
        return null;
    }

    private void endUnseen(ExitHost host, int ends) {
        List<Tunnel> soonest =
                host.truth().uses().keySet().stream()
                        .sorted(Comparator.comparingDouble(tunnel -> tunnel.visit().endMinute()))
                        .limit(ends)
                        .toList();
        soonest.forEach(tunnel -> host.leaves(tunnel, EndReason.SILENT, now()));
    }

    @Override
    public Void setAside(Incident.SetAside incident) {
        List<String> addresses = plan.pools().get(incident.server()).addresses();
        List<String> chosen = addresses.subList(0, incident.slots());
        setAside.put(incident.server(), chosen);
        operate(() -> operator.setAside(incident.server(), chosen, REASON));
        return null;
    }

    @Override
    public Void restore(Incident.Restore incident) {
        List<String> addresses = setAside.remove(incident.server());
        operate(() -> operator.restore(incident.server(), addresses));
        return null;
    }

    @Override
    public Void slotRelease(Incident.SlotRelease release) {
        List<Integer> inUse = hosts.get(release.server()).truth().slotsInUse();
        if (!inUse.isEmpty()) {
            int slot = inUse.get(0);
            operate(() -> operator.release(release.server(), slot));
        }
        return null;
    }

    private void operate(Runnable action) {
        operatorsTasks.incrementAndGet();
        operatorsThread.execute(
                () -> {
                    try {
                        action.run();
                        operatorActions.incrementAndGet();
                    } catch (RuntimeException e) {
                        if (!operatorsThread.isShutdown()) {
                            LOG.warn("the simulated operator could not do its work", e);
                        }
                    } finally {
                        operatorsTasks.decrementAndGet();
                    }
                });
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "operator");
        thread.setDaemon(true);
        return thread;
    }
}
