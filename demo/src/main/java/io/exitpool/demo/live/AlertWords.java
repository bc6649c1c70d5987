package io.exitpool.demo.live;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Alerts in few words. */
final class AlertWords {

    private static final int SHORTEST = 3;

    private AlertWords() {}

    /** Kinds in a row; where there is no room for the words, their first letters. */
    static String of(Collection<String> words, int room) {
        String row = String.join(" ", words);
        if (row.length() <= room) {
            return row;
        }
        return clipped(
                words.stream()
                        .map(word -> word.substring(0, Math.min(SHORTEST, word.length())))
                        .collect(Collectors.joining(" ")),
                room);
    }

    /** A record as a line: what, where, and how the sentence begins. */
    static String line(Alert alert, long sinceMillis, int room) {
        boolean resolved = alert.getState() == AlertState.RESOLVED;
        long at =
                resolved && alert.getResolvedAt() != null
                        ? alert.getResolvedAt()
                        : alert.getOpenedAt();
        long seconds = Math.max(0, (at - sinceMillis) / 1_000);
        String state = alert.getRevision() > 0 && !resolved ? "CAUSE" : alert.getState().name();
        List<String> affected = alert.getAffected();
        String others = affected.isEmpty() ? "" : " [" + String.join(", ", affected) + "]";
        return clipped(
                String.format(
                        Locale.ROOT,
                        "%d:%02d %-15s %-15s %-8s%s %s",
                        seconds / 60,
                        seconds % 60,
                        alert.getServer(),
                        alert.getKind(),
                        state,
                        others,
                        alert.getSummary()),
                room);
    }

    static String word(AlertKind kind) {
        return switch (kind) {
            case NEAR_EXHAUSTION -> "NEAR";
            case TIME_TO_FULL -> "FILLING";
            case EXCESS_BLOCKING -> "EXCESS";
            case HOT_REUSE -> "HOT";
            case UNEVEN_USE -> "UNEVEN";
            case SERVER_SILENT -> "SILENT";
            case SET_ASIDE_SHARE -> "ASIDE";
            case POOL_FAILED -> "FAILED";
            case EXHAUSTED, UNKNOWN -> kind.name();
        };
    }

    /** No longer than there is room. */
    static String clipped(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room));
    }
}
