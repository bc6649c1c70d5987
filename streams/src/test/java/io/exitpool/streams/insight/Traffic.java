package io.exitpool.streams.insight;

import io.exitpool.core.event.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sessions that come and go at random, second by second, at every server of a fleet alike. */
final class Traffic {
    private final Fleet fleet;
    private final SplittableRandom random;
    private final double startsPerSecond;
    private final double meanHoldSeconds;
    private final List<SessionId> ever = new ArrayList<>();

    Traffic(Fleet fleet, long seed, double startsPerSecond, double meanHoldSeconds) {
        this.fleet = fleet;
        random = new SplittableRandom(seed);
        this.startsPerSecond = startsPerSecond;
        this.meanHoldSeconds = meanHoldSeconds;
    }

    void pass(Duration duration, String... servers) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            for (String server : servers) {
                comeAndGo(server);
            }
            fleet.second();
        }
    }

    private void comeAndGo(String server) {
        if (random.nextDouble() < startsPerSecond) {
            SessionId session = new SessionId(random.nextLong(), random.nextLong());
            ever.add(session);
            fleet.start(server, session);
        }
        for (SessionId session : fleet.sessions(server)) {
            if (random.nextDouble() * meanHoldSeconds < 1) {
                fleet.end(server, session);
            }
        }
    }

    /** Every session that there was. */
    List<SessionId> sessions() {
        return ever;
    }
}
