package io.exitpool.connect.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert as it was told; schemas/src/main/avro/Alert.avsc says what each part means. A state that
 * this version does not know counts as open.
 *
 * @param resolvedAt present exactly if it is over; not before {@code openedAt}
 */
record PoolAlert(
        String server,
        String kind,
        long episode,
        int revision,
        Instant openedAt,
        Optional<Instant> resolvedAt,
        double value,
        double threshold,
        double peak,
        String unit,
        String summary,
        Optional<String> cause,
        String advice,
        Optional<String> causedBy,
        List<String> affected,
        Optional<String> country,
        Optional<String> city) {

    PoolAlert {
        affected = List.copyOf(affected);
    }

    /** {@code SERVER/KIND}, the key of its topic. */
    String key() {
        return server + "/" + kind;
    }

    boolean open() {
        return resolvedAt.isEmpty();
    }

    /** The same, over at a time, or at its beginning if that is later. */
    PoolAlert resolved(Instant at) {
        return new PoolAlert(
                server,
                kind,
                episode,
                revision,
                openedAt,
                Optional.of(at.isBefore(openedAt) ? openedAt : at),
                value,
                threshold,
                peak,
                unit,
                summary,
                cause,
                advice,
                causedBy,
                affected,
                country,
                city);
    }
}
