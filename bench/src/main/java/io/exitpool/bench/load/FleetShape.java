package io.exitpool.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which exit servers there are, and how many slots each has; ids from 0. */
public record FleetShape(List<PoolShape> pools) {
    private static final int SMALLEST_POOL = 8;
    private static final int LARGEST_POOL = 91;

    /** A /20 of IPv4. */
    private static final int LARGE_POOL = 4_096;

    private static final String[] PLACES = {
        "se-sto", "se-got", "no-osl", "fi-hel", "de-fra", "de-ber", "nl-ams", "ch-zrh", "us-nyc",
        "us-lax"
    };

    public FleetShape {
        pools = List.copyOf(pools);
    }

    /**
     * One server.
     *
     * @param server its name
     */
    public record PoolShape(String server, int slots) {

        /** Sessions of a pool that is full to 60 %, which leaves one slot free at least. */
        public int usualSessions() {
            return Math.min(slots - 1, Math.round(slots * 0.6f));
        }
    }

    /** The fleets that exist: pools of 8 to 91 slots, drawn evenly, but for one with a /20. */
    public static FleetShape mixed(int servers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PoolShape> pools = new ArrayList<>(servers);
        for (int i = 0; i < servers; i++) {
            int slots = random.nextInt(SMALLEST_POOL, LARGEST_POOL + 1);
            pools.add(new PoolShape(name(i), i == 0 ? LARGE_POOL : slots));
        }
        return new FleetShape(pools);
    }

    /** Pools of one size. */
    public static FleetShape uniform(int servers, int slots) {
        List<PoolShape> pools = new ArrayList<>(servers);
        for (int i = 0; i < servers; i++) {
            pools.add(new PoolShape(name(i), slots));
        }
        return new FleetShape(pools);
    }

    public int servers() {
        return pools.size();
    }

    /** Slots of all pools. */
    public long slots() {
        return pools.stream().mapToLong(PoolShape::slots).sum();
    }

    /** Sessions of all pools when each is full to 60 %. */
    public long usualSessions() {
        return pools.stream().mapToLong(PoolShape::usualSessions).sum();
    }

    private static String name(int index) {
        return "%s-wg-%05d".formatted(PLACES[index % PLACES.length], index);
    }
}
