package io.exitpool.core.alert;

import io.exitpool.core.stats.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An alert as it is told. An episode is told OPEN with revision 0 exactly once, perhaps again with
 * higher revisions when its cause or what it affects became known, and RESOLVED exactly once.
 *
 * @param episode tells it from earlier ones of the same key; grows
 * @param revision no reason to call anybody again when it is above 0
 * @param openedAt in milliseconds since 1970
 * @param resolvedAt in milliseconds since 1970; only once resolved
 * @param value what opened it, in its unit
 * @param threshold what it is held against, in the same unit
 * @param peak the worst value so far
 * @param unit in words
 * @param summary what happens, in a sentence
 * @param cause why, as far as it is known
 * @param advice what to do first
 * @param causedBy the server whose silence explains it
 * @param affected other servers' alerts of the same storm, which are not told on their own, as
 *     {@code SERVER/KIND}, sorted
 * @param place of the server
 */
public record Alert(
        String server,
        AlertKind kind,
        long episode,
        int revision,
        long openedAt,
        OptionalLong resolvedAt,
        double value,
        double threshold,
        double peak,
        String unit,
        String summary,
        Optional<String> cause,
        String advice,
        Optional<String> causedBy,
        List<String> affected,
        Place place) {

    public Alert {
        affected = List.copyOf(affected);
    }

    /** It lasts. */
    public boolean open() {
        return resolvedAt.isEmpty();
    }

    /** How long it lasted; only once resolved. */
    public OptionalLong durationMillis() {
        return resolvedAt.isPresent()
                ? OptionalLong.of(resolvedAt.getAsLong() - openedAt)
                : OptionalLong.empty();
    }
}
