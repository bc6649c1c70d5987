package io.exitpool.demo.fleet;

import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.protocol.AgentObserver;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.ExitMap;
import io.exitpool.agent.protocol.Peer;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.demo.workload.Visit;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.SessionStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One simulated exit server: its tunnels, its exit map as the kernel would hold it, and the agent
 * that speaks for it, which may die and come back while the tunnels live on. Loss and repetition of
 * events happen here, on the way from the agent to Kafka.
 */
final class ExitHost {

    /** How this server differs from others: what its agents are made with. */
    record Make(
            String server,
            List<Integer> slots,
            Wish wish,
            AgentSettings settings,
            RandomGenerator sessionIds) {}

    private final Make make;
    private final FleetLink link;
    private final Latencies latencies;
    private final GroundTruth truth = new GroundTruth();
    private final DecisionTally tally = new DecisionTally();
    private final Set<Tunnel> tunnels = new LinkedHashSet<>();
    private Optional<Agent> agent = Optional.empty();
    private long epoch;
    private boolean loseNext;
    private boolean repeatNext;

    ExitHost(Make make, FleetLink link, Latencies latencies, long lastEpoch) {
        this.make = make;
        this.link = link;
        this.latencies = latencies;
        this.epoch = lastEpoch;
    }

    /** A new agent takes over whatever lives here. */
    void agentStarts(long now) {
        epoch = Math.max(epoch + 1, now * 1000);
        latencies.forget(make.server());
        Agent next =
                new Agent(
                        make.settings(),
                        make.wish(),
                        make.sessionIds(),
                        this::send,
                        new KernelMap(),
                        new Witness());
        next.poolSlots(make.slots().stream().mapToInt(Integer::intValue).toArray());
        agent = Optional.of(next);
        Map<Tunnel, Integer> held = new LinkedHashMap<>();
        tunnels.stream()
                .filter(tunnel -> truth.uses().containsKey(tunnel))
                .forEach(tunnel -> held.put(tunnel, truth.uses().get(tunnel)));
        next.start(epoch, held, now);
        tunnels.stream()
                .filter(tunnel -> !held.containsKey(tunnel))
                .forEach(tunnel -> next.tunnelUp(tunnel, now));
    }

    /** The agent is gone without a word. */
    void agentDies() {
        agent = Optional.empty();
        latencies.forget(make.server());
    }

    /** Everything is gone without a word; answers the visits that were cut. */
    List<Visit> crashes() {
        agentDies();
        List<Visit> cut = new ArrayList<>();
        for (Tunnel tunnel : List.copyOf(tunnels)) {
            cut.add(tunnel.visit());
            tunnels.remove(tunnel);
            truth.usesNone(tunnel);
        }
        return cut;
    }

    /** A tunnel that had a slot before the run and still uses it. */
    Tunnel resumes(Visit visit, int slot) {
        Tunnel tunnel = new Tunnel(visit);
        tunnels.add(tunnel);
        truth.uses(tunnel, slot);
        return tunnel;
    }

    Tunnel arrives(Visit visit, long now) {
        Tunnel tunnel = new Tunnel(visit);
        tunnels.add(tunnel);
        repeatNext = visit.startRepeated();
        agent.ifPresent(here -> here.tunnelUp(tunnel, now));
        repeatNext = false;
        return tunnel;
    }

    /** A tunnel ends, unless something ended it before. */
    void leaves(Tunnel tunnel, EndReason reason, long now) {
        if (!tunnels.remove(tunnel)) {
            return;
        }
        Visit visit = tunnel.visit();
        loseNext = visit.endLost();
        repeatNext = visit.endRepeated();
        agent.ifPresent(here -> here.tunnelDown(tunnel, reason, now));
        loseNext = false;
        repeatNext = false;
        truth.usesNone(tunnel);
    }

    /** Its agent hears a decision; without one it is only counted. */
    void decided(Decision decision, long now) {
        tally.count(decision, now);
        agent.ifPresent(here -> here.decision(decision, now));
    }

    void tick(long now) {
        agent.filter(here -> here.nextDueMillis() <= now).ifPresent(here -> here.tick(now));
    }

    /** An event did not reach Kafka. */
    void undelivered() {
        agent.ifPresent(Agent::requestSnapshot);
    }

    /** Every start and end has its answer, or there is nobody to ask. */
    boolean settled() {
        return agent.map(here -> here.unanswered() == 0 && here.unreleased() == 0).orElse(true);
    }

    boolean reports() {
        return agent.isPresent();
    }

    List<Tunnel> tunnels() {
        return List.copyOf(tunnels);
    }

    GroundTruth truth() {
        return truth;
    }

    DecisionTally tally() {
        return tally;
    }

    long epoch() {
        return epoch;
    }

    private void send(AgentEvent event) {
        if (loseNext) {
            loseNext = false;
            return;
        }
        if (event.getBody() instanceof SessionStarted) {
            latencies.asked(make.server(), event.getEpoch(), event.getSeq(), System.nanoTime());
        }
        link.send(make.server(), event);
        if (repeatNext) {
            repeatNext = false;
            link.send(make.server(), event);
        }
    }

    /** The exit map: what the kernel would hold. */
    private final class KernelMap implements ExitMap {

        @Override
        public void apply(Peer tunnel, int slot, Ipv4 v4, Ipv6 v6) {
            truth.uses((Tunnel) tunnel, slot);
        }

        @Override
        public void remove(Peer tunnel) {
            truth.usesNone((Tunnel) tunnel);
        }
    }

    /** Compares each answer with what is true. */
    private final class Witness implements AgentObserver {

        @Override
        public void granted(Peer tunnel, Granted granted) {
            truth.granted(granted.getSlot(), granted.getLoadAfter());
        }

        @Override
        public void released(Peer tunnel, Released released) {
            truth.disowned((Tunnel) tunnel);
        }
    }
}
