package io.exitpool.operator.pools;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pool may be. Durations are inclusive bounds.
 *
 * @param maxSlots most slots of one server; a /16 of IPv4
 * @param maxCap most sessions of one slot, of {@code cap} and of {@code share-up-to}
 * @param maxMinRest longest rest
 * @param minLeaseTtl shortest silence after which a server's sessions count as gone; two snapshots
 *     (every 30 s) must fit in, or one lost snapshot would release a whole pool
 * @param maxLeaseTtl longest such silence
 */
public record Limits(
        int maxSlots, int maxCap, Duration maxMinRest, Duration minLeaseTtl, Duration maxLeaseTtl) {

    /** What {@code pools apply} takes. */
    public static final Limits STANDARD =
            new Limits(
                    65_536,
                    1_024,
                    Duration.ofHours(24),
                    Duration.ofSeconds(60),
                    Duration.ofHours(24));

    /**
     * For programs whose agents run faster than life and send their snapshots more often, such as
     * the demo: a lease-ttl from 1 s.
     */
    public static final Limits FASTER_THAN_LIFE =
            new Limits(
                    STANDARD.maxSlots(),
                    STANDARD.maxCap(),
                    STANDARD.maxMinRest(),
                    Duration.ofSeconds(1),
                    STANDARD.maxLeaseTtl());

    /** What is impossible about the settings: a sentence by the setting's name in the file. */
    Map<String, String> broken(PoolSettings settings) {
        Map<String, String> broken = new LinkedHashMap<>();
        if (settings.cap() < 1 || settings.cap() > maxCap) {
            broken.put("cap", "is 1 to " + maxCap + " sessions, not " + settings.cap());
        }
        between("min-rest", settings.minRest(), Duration.ZERO, maxMinRest, broken);
        between("lease-ttl", settings.leaseTtl(), minLeaseTtl, maxLeaseTtl, broken);
        double resting = settings.maxRestingShare();
        if (!(resting >= 0 && resting <= 1)) {
            broken.put("max-resting-share", "is 0% to 100%, not " + shown(resting));
        }
        double blocking = settings.targetBlocking();
        if (!(blocking > 0 && blocking < 1)) {
            broken.put(
                    "target-blocking",
                    "is above 0% and below 100% (no pool of any size never rejects), not "
                            + shown(blocking));
        }
        ladder(settings, broken);
        return broken;
    }

    private void ladder(PoolSettings settings, Map<String, String> broken) {
        settings.shortenRestTo()
                .filter(floor -> floor.isNegative() || floor.compareTo(settings.minRest()) >= 0)
                .ifPresent(
                        floor ->
                                broken.put(
                                        "ladder.shorten-rest-to",
                                        "is 0s or more and below min-rest ("
                                                + Quantities.text(settings.minRest())
                                                + "), not "
                                                + shown(floor)));
        settings.shareUpTo()
                .ifPresent(
                        most -> {
                            if (most <= settings.cap() || most > maxCap) {
                                broken.put(
                                        "ladder.share-up-to",
                                        "is above cap ("
                                                + settings.cap()
                                                + ") and at most "
                                                + maxCap
                                                + ", not "
                                                + most);
                            }
                        });
    }

    private static void between(
            String name, Duration is, Duration low, Duration high, Map<String, String> broken) {
        if (is.compareTo(low) < 0 || is.compareTo(high) > 0) {
            broken.put(
                    name,
                    "is "
                            + Quantities.text(low)
                            + " to "
                            + Quantities.text(high)
                            + ", not "
                            + shown(is));
        }
    }

    private static String shown(Duration duration) {
        return duration.isNegative() ? duration.toMillis() + "ms" : Quantities.text(duration);
    }

    private static String shown(double share) {
        return Double.isFinite(share) ? Quantities.percent(share) : String.valueOf(share);
    }
}
