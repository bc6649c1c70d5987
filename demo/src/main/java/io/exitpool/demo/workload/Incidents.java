package io.exitpool.demo.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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
        List<String> victims = victims(random);
        String setAside = victims.get(0);
        String restarted = victims.get(1);
        String crashed = victims.get(2);
        String released = victims.get(3);
        incidents.add(new Incident.SetAside(start + SET_ASIDE, setAside, SLOTS_SET_ASIDE));
        incidents.add(
                new Incident.AgentRestart(start + RESTART, restarted, RESTART_DOWN, RESTART_ENDS));
        incidents.add(
                new Incident.ServerCrash(start + CRASH, crashed, neighbours(crashed, random)));
        incidents.add(new Incident.SlotRelease(start + RELEASE, released));
        incidents.add(new Incident.Restore(start + RESTORE, setAside));
        incidents.sort(Comparator.comparingDouble(Incident::minute));
        return incidents;
    }

    /** Four servers, of the half with the larger pools: there are clients to be hit. */
    private List<String> victims(Random random) {
        List<String> largest =
                new ArrayList<>(
                        servers.stream()
                                .sorted(
                                        Comparator.comparingInt(ExitServer::slots)
                                                .reversed()
                                                .thenComparing(ExitServer::name))
                                .limit(Math.max(4, servers.size() / 2))
                                .map(ExitServer::name)
                                .toList());
        Collections.shuffle(largest, random);
        // A fleet of fewer servers has several of these in one place.
        return IntStream.range(0, 4).mapToObj(i -> largest.get(i % largest.size())).toList();
    }

    private List<String> neighbours(String crashed, Random random) {
        List<String> others =
                new ArrayList<>(
                        servers.stream()
                                .map(ExitServer::name)
                                .filter(name -> !name.equals(crashed))
                                .toList());
        Collections.shuffle(others, random);
        int count = Math.min(others.size(), 1 + random.nextInt(MOST_NEIGHBOURS));
        return List.copyOf(others.subList(0, count));
    }
}
