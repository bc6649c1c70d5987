package io.exitpool.connect.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A fleet whose addresses change hands: sessions come at random, last as long as they last, and
 * take a slot at random that has rested, or the one that has rested longest. Some come back a
 * moment after their end and get their old slot, when nobody has it and nothing has to rest.
 */
final class Churn {

    /**
     * How fast addresses change hands.
     *
     * @param holdSeconds how long a session lasts, on average
     * @param restSeconds how long a slot should rest between two
     * @param returning share of the sessions that come back, 10 s later on average
     */
    record Pace(double holdSeconds, double restSeconds, double returning) {}

    /** A slot that was granted, or fell idle, at a second of the fleet's time. */
    record Turn(double at, int server, int slot, boolean granted) {}

    static final int SERVERS = 700;
    static final int SLOTS = 30;

    private static final double ERLANGS = 20;
    private static final double RETURN_AFTER_SECONDS = 10;
    private static final int ANY = -1;

    /** At this second a session comes (wanting a slot or any), or leaves its slot. */
    private record Event(double at, int server, int slot, boolean comes) {}

    private final Pace pace;
    private final Random random;
    private final PriorityQueue<Event> agenda =
            new PriorityQueue<>((a, b) -> Double.compare(a.at, b.at));
    private final boolean[][] used = new boolean[SERVERS][SLOTS];
    private final double[][] emptySince = new double[SERVERS][SLOTS];
    private final List<Turn> turns = new ArrayList<>();

    private Churn(Pace pace, long seed) {
        this.pace = pace;
        this.random = new Random(seed);
        Arrays.stream(emptySince).forEach(server -> Arrays.fill(server, -pace.restSeconds()));
    }

    /** What happens within so many seconds, to a fleet that has been running. */
    static List<Turn> turns(Pace pace, double seconds, long seed) {
        Churn churn = new Churn(pace, seed);
        for (int server = 0; server < SERVERS; server++) {
            for (int slot = 0; slot < ERLANGS; slot++) {
                churn.used[server][slot] = true;
                churn.agenda.add(new Event(churn.span(pace.holdSeconds()), server, slot, false));
            }
            churn.expectNext(server, 0);
        }
        while (churn.agenda.peek().at() < seconds) {
            churn.step(churn.agenda.poll());
        }
        return churn.turns;
    }

    private void step(Event event) {
        if (event.comes()) {
            if (event.slot() == ANY) {
                expectNext(event.server(), event.at());
            }
            come(event);
        } else {
            leave(event);
        }
    }

    private void expectNext(int server, double now) {
        double between = pace.holdSeconds() / ERLANGS / (1 - pace.returning());
        agenda.add(new Event(now + span(between), server, ANY, true));
    }

    private void come(Event event) {
        int slot = choose(event);
        if (slot == ANY) {
            return;
        }
        used[event.server()][slot] = true;
        turns.add(new Turn(event.at(), event.server(), slot, true));
        agenda.add(new Event(event.at() + span(pace.holdSeconds()), event.server(), slot, false));
    }

    private void leave(Event event) {
        used[event.server()][event.slot()] = false;
        emptySince[event.server()][event.slot()] = event.at();
        turns.add(new Turn(event.at(), event.server(), event.slot(), false));
        if (random.nextDouble() < pace.returning()) {
            agenda.add(
                    new Event(
                            event.at() + span(RETURN_AFTER_SECONDS),
                            event.server(),
                            event.slot(),
                            true));
        }
    }

    private int choose(Event event) {
        boolean[] taken = used[event.server()];
        double[] since = emptySince[event.server()];
        if (event.slot() != ANY && !taken[event.slot()] && pace.restSeconds() == 0) {
            return event.slot();
        }
        List<Integer> rested = new ArrayList<>();
        int longest = ANY;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (!taken[slot]) {
                if (event.at() - since[slot] >= pace.restSeconds()) {
                    rested.add(slot);
                }
                if (longest == ANY || since[slot] < since[longest]) {
                    longest = slot;
                }
            }
        }
        return rested.isEmpty() ? longest : rested.get(random.nextInt(rested.size()));
    }

    private double span(double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }
}
