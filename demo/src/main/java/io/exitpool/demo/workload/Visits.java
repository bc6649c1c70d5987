package io.exitpool.demo.workload;

import io.exitpool.core.stats.ErlangB;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * All visits of a run in the order of their arrival, without end: the clients who were connected
 * before, and then new ones. Each server draws from a stream of its own.
 */
public final class Visits {

    /** Mean offered load of the fleet, as a share of all its slots. */
    private static final double LOAD = 0.4;

    /** Nobody runs a server that is far too popular for its pool: so much of what it carries. */
    private static final double MOST_CARRIED = 0.8;

    /** The share of starts that its pool may reject. */
    private static final double TARGET_BLOCKING = 0.001;

    /** Popularity of the servers, the largest pool first: Zipf's law with this exponent. */
    private static final double POPULARITY_EXPONENT = 0.8;

    /** Within how many minutes those come back who were connected before and were cut. */
    private static final double RETURN_MINUTES = 4;

    private static final double LOST_ENDS = 0.03;
    private static final double REPEATED = 0.005;
    private static final int CLIENTS_A_SERVER = 5_000;

    /** One server's source of visits. */
    private static final class Source {
        private final ExitServer server;
        private final Arrivals arrivals;
        private final SplittableRandom random;
        private double nextMinute;

        Source(ExitServer server, double perMinute, long seed) {
            SplittableRandom root = new SplittableRandom(seed ^ nameHash(server.name()) << 32);
            this.server = server;
            this.arrivals = new Arrivals(perMinute, server.utcOffsetHours(), root.split());
            this.random = root.split();
            this.nextMinute = arrivals.next(0);
        }

        double nextMinute() {
            return nextMinute;
        }

        Visit take() {
            double minute = nextMinute;
            nextMinute = arrivals.next(minute);
            return visit(server.name(), minute, Durations.sample(random), random);
        }
    }

    private final List<ExitServer> servers;
    private final double[] perMinute;
    private final long seed;
    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(
                    Comparator.comparingDouble(Source::nextMinute)
                            .thenComparing(source -> source.server.name()));

    /**
     * The visits of one seed.
     *
     * @param rate multiplies the number of arrivals
     */
    public Visits(List<ExitServer> servers, long seed, double rate) {
        this.servers = List.copyOf(servers);
        this.seed = seed;
        this.perMinute = perMinute(servers, rate);
        for (int i = 0; i < servers.size(); i++) {
            sources.add(new Source(servers.get(i), perMinute[i], seed));
        }
    }

    /**
     * Those who were connected before the run, in the order in which they would come back if they
     * had been cut.
     */
    public List<Visit> before() {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            ExitServer server = servers.get(i);
            SplittableRandom random =
                    new SplittableRandom(seed ^ nameHash(server.name()) << 32 ^ 1);
            double mean =
                    perMinute[i] * Arrivals.factor(0, server.utcOffsetHours()) * Durations.MEAN;
            for (int n = poisson(mean, random); n > 0; n--) {
                double minute = random.nextDouble() * RETURN_MINUTES;
                double minutes = Durations.sampleRemaining(random);
                visits.add(visit(server.name(), minute, minutes, random));
            }
        }
        visits.sort(Comparator.comparingDouble(Visit::startMinute).thenComparing(Visit::server));
        return visits;
    }

    /** When the next new client arrives. */
    public double nextMinute() {
        return sources.element().nextMinute();
    }

    /** The next new client. */
    public Visit next() {
        Source source = sources.remove();
        Visit visit = source.take();
        sources.add(source);
        return visit;
    }

    /** A visit with its share of faults. */
    static Visit visit(String server, double minute, double minutes, SplittableRandom random) {
        return new Visit(
                server,
                nameHash(server) << 32 | random.nextInt(CLIENTS_A_SERVER),
                minute,
                minutes,
                random.nextDouble() < LOST_ENDS,
                random.nextDouble() < REPEATED,
                random.nextDouble() < REPEATED);
    }

    private static double[] perMinute(List<ExitServer> servers, double rate) {
        List<ExitServer> ranked =
                servers.stream()
                        .sorted(
                                Comparator.comparingInt(ExitServer::slots)
                                        .reversed()
                                        .thenComparing(ExitServer::name))
                        .toList();
        double weights = 0;
        for (int rank = 1; rank <= ranked.size(); rank++) {
            weights += Math.pow(rank, -POPULARITY_EXPONENT);
        }
        int slots = servers.stream().mapToInt(ExitServer::slots).sum();
        double[] perMinute = new double[servers.size()];
        for (int i = 0; i < perMinute.length; i++) {
            int rank = ranked.indexOf(servers.get(i)) + 1;
            double share = Math.pow(rank, -POPULARITY_EXPONENT) / weights;
            double carried = ErlangB.load(servers.get(i).slots(), TARGET_BLOCKING);
            double erlangs = Math.min(share * LOAD * slots, MOST_CARRIED * carried);
            perMinute[i] = rate * erlangs / Durations.MEAN;
        }
        return perMinute;
    }

    /** The number of arrivals of a Poisson process of rate 1 within {@code mean}. */
    private static int poisson(double mean, SplittableRandom random) {
        int count = -1;
        double time = 0;
        while (time <= mean) {
            time += -Math.log(1 - random.nextDouble());
            count++;
        }
        return count;
    }

    static long nameHash(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
