package io.exitpool.demo.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The incidents of a run. Every simulated hour has one of each kind, always at the same minutes and
 * each hour on other servers: a short run must show everything, and a long one should not show it
 * always in the same place. A production fleet sees one crash in weeks.
 */
public final class Incidents {

    /** After so many minutes the incidents begin anew. */
    public static final double CYCLE_MINUTES = 60;

    private static final double FIRST_WAVE = 6;
    private static final double WAVES_APART = 3;
    private static final double WAVE_SHARE = 0.7;
    private static final int CROWD_A_SLOT = 3;
    private static final double SET_ASIDE = 16;
    private static final double RESTART = 18;
    private static final double RESTART_DOWN = 1.5;
    private static final int RESTART_ENDS = 3;
    private static final double CRASH = 23;
    private static final double RELEASE = 40;
    private static final double RESTORE = 44;
    private static final int FEWEST_VICTIMS = 4;
    private static final int MOST_NEIGHBOURS = 3;
    private static final int SLOTS_SET_ASIDE = 3;

    private final List<ExitServer> servers;
    private final long seed;

    public Incidents(List<ExitServer> servers, long seed) {
        this.servers = List.copyOf(servers);
        this.seed = seed;
    }

    /** The incidents of one hour of the run, from 0, in the order of time. */
    public List<Incident> ofCycle(int cycle) {
        Random random = new Random(seed * 31 + cycle);
        double start = cycle * CYCLE_MINUTES;
        List<Incident> incidents = new ArrayList<>();
        List<ExitServer> bending = servers.stream().filter(ExitServer::bends).toList();
        for (int i = 0; i < bending.size(); i++) {
            ExitServer server = bending.get(i);
            incidents.add(
                    new Incident.ReconnectWave(
                            start + FIRST_WAVE + i * WAVES_APART,
                            server.name(),
                            WAVE_SHARE,
                            server.slots() * CROWD_A_SLOT));
        }
        List<ExitServer> victims = victims(random);
        ExitServer crashing =
                victims.stream()
                        .filter(server -> !near(server).isEmpty())
                        .findFirst()
                        .orElse(victims.get(0));
        List<String> others =
                victims.stream()
                        .filter(server -> server != crashing || victims.size() == 1)
                        .map(ExitServer::name)
                        .toList();
        String setAside = others.get(0);
        // A fleet of few servers has several of these in one place.
        String restarted = others.get(1 % others.size());
        String released = others.get(2 % others.size());
        incidents.add(new Incident.SetAside(start + SET_ASIDE, setAside, SLOTS_SET_ASIDE));
        incidents.add(
                new Incident.AgentRestart(start + RESTART, restarted, RESTART_DOWN, RESTART_ENDS));
        incidents.add(
                new Incident.ServerCrash(
                        start + CRASH, crashing.name(), neighbours(crashing, random)));
        incidents.add(new Incident.SlotRelease(start + RELEASE, released));
        incidents.add(new Incident.Restore(start + RESTORE, setAside));
        incidents.sort(Comparator.comparingDouble(Incident::minute));
        return incidents;
    }

    /** The half with the larger pools, in an order of chance: there are clients to be hit. */
    private List<ExitServer> victims(Random random) {
        List<ExitServer> largest =
                new ArrayList<>(
                        servers.stream()
                                .sorted(
                                        Comparator.comparingInt(ExitServer::slots)
                                                .reversed()
                                                .thenComparing(ExitServer::name))
                                .limit(Math.max(FEWEST_VICTIMS, servers.size() / 2))
                                .toList());
        Collections.shuffle(largest, random);
        return largest;
    }

    /** Servers of its place; where it is the only one, clients take any other. */
    private List<String> neighbours(ExitServer crashed, Random random) {
        List<ExitServer> near = near(crashed);
        List<String> others =
                new ArrayList<>(
                        (near.isEmpty() ? servers : near)
                                .stream()
                                        .filter(server -> server != crashed)
                                        .map(ExitServer::name)
                                        .toList());
        Collections.shuffle(others, random);
        int count = Math.min(others.size(), 1 + random.nextInt(MOST_NEIGHBOURS));
        return List.copyOf(others.subList(0, count));
    }

    private List<ExitServer> near(ExitServer server) {
        return servers.stream()
                .filter(other -> other != server && other.place().equals(server.place()))
                .toList();
    }
}
