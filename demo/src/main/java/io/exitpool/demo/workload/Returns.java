package io.exitpool.demo.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The visits that an incident causes, drawn from a stream of the incident's own. */
public final class Returns {

    private static final double CRASH_RETURN_SHARE = 0.9;

    /** WireGuard gives up a server that does not answer after three minutes. */
    private static final double CRASH_NOTICED_MINUTES = 3;

    private static final double CRASH_RETURN_MINUTES = 1;
    private static final double HOME_MINUTES = 2;
    private static final double WAVE_PAUSE_MINUTES = 0.5;
    private static final double CROWD_MINUTES = 4;
    private static final double CROWD_STAY = 4;
    private static final int LOST_END_EVERY = 10;

    private final SplittableRandom random;

    public Returns(Incident incident, long seed) {
        this.random =
                new SplittableRandom(
                        seed
                                ^ Visits.nameHash(incident.server()) << 32
                                ^ Double.doubleToLongBits(incident.minute()));
    }

    /**
     * Where a crashed server's clients go: nine of ten to its neighbours, within a minute after
     * they noticed, and from there home.
     *
     * @param back when the server is there again
     */
    public List<Visit> after(Incident.ServerCrash crash, List<Visit> cut, double back) {
        List<Visit> visits = new ArrayList<>();
        for (Visit visit : cut) {
            double away =
                    crash.minute()
                            + CRASH_NOTICED_MINUTES
                            + random.nextDouble() * CRASH_RETURN_MINUTES;
            double home = back + random.nextDouble() * HOME_MINUTES;
            int neighbour = random.nextInt(crash.neighbours().size());
            if (random.nextDouble() < CRASH_RETURN_SHARE && away < visit.endMinute()) {
                double leaves = Math.max(away, Math.min(home, visit.endMinute()));
                visits.add(stay(visit, crash.neighbours().get(neighbour), away, leaves));
                if (leaves < visit.endMinute()) {
                    visits.add(stay(visit, crash.server(), leaves, visit.endMinute()));
                }
            }
        }
        return visits;
    }

    /** Whether a live tunnel takes part in a reconnect wave. */
    public boolean reconnects(Incident.ReconnectWave wave) {
        return random.nextDouble() < wave.share();
    }

    /** The visit that a client of a wave makes after it was cut. */
    public Visit again(Incident.ReconnectWave wave, Visit cut) {
        double back = wave.minute() + random.nextDouble() * WAVE_PAUSE_MINUTES;
        return stay(cut, cut.server(), back, Math.max(back, cut.endMinute()));
    }

    /** The new clients of a wave, who stay for some minutes; one in ten of their ends gets lost. */
    public List<Visit> crowd(Incident.ReconnectWave wave) {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < wave.crowd(); i++) {
            double minute = wave.minute() + random.nextDouble() * CROWD_MINUTES;
            double stay = -Math.log(1 - random.nextDouble()) * CROWD_STAY;
            Visit visit = Visits.visit(wave.server(), minute, stay, random);
            visits.add(i % LOST_END_EVERY == 0 ? withLostEnd(visit) : visit);
        }
        return visits;
    }

    private static Visit stay(Visit cut, String server, double from, double to) {
        return new Visit(
                server,
                cut.peer(),
                from,
                to - from,
                cut.endLost(),
                cut.startRepeated(),
                cut.endRepeated());
    }

    private static Visit withLostEnd(Visit visit) {
        return new Visit(
                visit.server(),
                visit.peer(),
                visit.startMinute(),
                visit.minutes(),
                true,
                visit.startRepeated(),
                false);
    }
}
