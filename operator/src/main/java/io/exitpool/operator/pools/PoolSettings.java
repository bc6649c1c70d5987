package io.exitpool.operator.pools;

import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.PoolConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything of a pool's configuration that an operator sets apart from its addresses. Which values
 * are possible is said by {@link Limits}, not here, because all errors of a file are told at once.
 */
public record PoolSettings(
        int cap,
        Duration minRest,
        Placement placement,
        Optional<Duration> shortenRestTo,
        OptionalInt shareUpTo,
        double maxRestingShare,
        Duration leaseTtl,
        double targetBlocking) {

    /** What holds when a file says nothing: the defaults of the record's schema. */
    public static final PoolSettings DEFAULT =
            of(PoolConfig.newBuilder().setVersion(1).setSlots(List.of()).setNextSlotId(0).build());

    public PoolSettings {
        Objects.requireNonNull(minRest, "minRest");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(shortenRestTo, "shortenRestTo");
        Objects.requireNonNull(shareUpTo, "shareUpTo");
        Objects.requireNonNull(leaseTtl, "leaseTtl");
    }

    static PoolSettings of(PoolConfig config) {
        Ladder ladder = config.getLadder();
        Integer shareUpTo = ladder.getShareUpTo();
        return new PoolSettings(
                config.getCap(),
                Duration.ofMillis(config.getMinRestMillis()),
                config.getPlacement(),
                Optional.ofNullable(ladder.getShortenRestToMillis()).map(Duration::ofMillis),
                shareUpTo == null ? OptionalInt.empty() : OptionalInt.of(shareUpTo),
                config.getMaxRestingShare(),
                Duration.ofMillis(config.getLeaseTtlMillis()),
                config.getTargetBlocking());
    }

    void writeTo(PoolConfig.Builder config) {
        Ladder ladder =
                Ladder.newBuilder()
                        .setShortenRestToMillis(shortenRestTo.map(Duration::toMillis).orElse(null))
                        .setShareUpTo(shareUpTo.isPresent() ? shareUpTo.getAsInt() : null)
                        .build();
        config.setCap(cap)
                .setMinRestMillis(minRest.toMillis())
                .setPlacement(placement)
                .setLadder(ladder)
                .setMaxRestingShare(maxRestingShare)
                .setLeaseTtlMillis(leaseTtl.toMillis())
                .setTargetBlocking(targetBlocking);
    }

    /** The same pool with every duration divided, for a demo that runs faster than life. */
    public PoolSettings faster(double speed) {
        return new PoolSettings(
                cap,
                divided(minRest, speed),
                placement,
                shortenRestTo.map(floor -> divided(floor, speed)),
                shareUpTo,
                maxRestingShare,
                divided(leaseTtl, speed),
                targetBlocking);
    }

    /** Each setting's name in the file, in the file's order, and its value as the file has it. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("cap", String.valueOf(cap));
        texts.put("min-rest", Quantities.text(minRest));
        texts.put("placement", text(placement));
        texts.put("ladder", ladderText());
        texts.put("max-resting-share", Quantities.percent(maxRestingShare));
        texts.put("lease-ttl", Quantities.text(leaseTtl));
        texts.put("target-blocking", Quantities.percent(targetBlocking));
        return texts;
    }

    static String text(Placement placement) {
        return placement.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String ladderText() {
        if (shortenRestTo.isEmpty() && shareUpTo.isEmpty()) {
            return "none";
        }
        String shorten =
                shortenRestTo.map(d -> "shorten-rest-to: " + Quantities.text(d)).orElse("");
        String share = shareUpTo.isPresent() ? "share-up-to: " + shareUpTo.getAsInt() : "";
        String between = shorten.isEmpty() || share.isEmpty() ? "" : ", ";
        return "{" + shorten + between + share + "}";
    }

    private static Duration divided(Duration duration, double speed) {
        return Duration.ofMillis(Math.round(duration.toMillis() / speed));
    }
}
