package io.exitpool.operator.alerts;

import io.exitpool.operator.pools.Quantities;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An alert for an operator's eyes: as two lines of a list, or as one line of what comes. */
final class AlertText {

    private static final int DIGITS = 3;

    private AlertText() {}

    /** When it opened, what happens and why; below it what to do. */
    static String entry(Alert alert) {
        List<String> first = new ArrayList<>();
        first.add(time(alert.getOpenedAt()));
        first.add(alert.getServer());
        first.add(alert.getKind().name());
        first.add(what(alert));
        if (alert.getState() == AlertState.RESOLVED) {
            first.add(end(alert));
        }
        return String.join(" ", first) + System.lineSeparator() + "    " + rest(alert);
    }

    /** What was told just now, on one line. */
    static String line(Alert alert) {
        boolean resolved = alert.getState() == AlertState.RESOLVED && alert.getResolvedAt() != null;
        List<String> line = new ArrayList<>();
        line.add(time(resolved ? alert.getResolvedAt() : alert.getOpenedAt()));
        line.add(state(alert));
        line.add(alert.getServer());
        line.add(alert.getKind().name());
        line.add(what(alert));
        line.add(alert.getState() == AlertState.RESOLVED ? end(alert) : "| " + rest(alert));
        return String.join(" ", line);
    }

    /** The state, and which telling of the same alert it is. */
    private static String state(Alert alert) {
        return alert.getRevision() == 0
                ? alert.getState().name()
                : alert.getState() + "(revision " + alert.getRevision() + ")";
    }

    private static String what(Alert alert) {
        String what =
                "%s (%s against %s %s)"
                        .formatted(
                                alert.getSummary(),
                                number(alert.getValue()),
                                number(alert.getThreshold()),
                                alert.getUnit());
        return alert.getCause() == null ? what : what + " Cause: " + alert.getCause();
    }

    private static String rest(Alert alert) {
        String advice = "Advice: " + alert.getAdvice();
        return alert.getAffected().isEmpty()
                ? advice
                : advice + " Affected: " + String.join(", ", alert.getAffected());
    }

    private static String end(Alert alert) {
        List<String> end = new ArrayList<>();
        end.add(
                alert.getResolvedAt() == null
                        ? "Resolved"
                        : "Resolved " + time(alert.getResolvedAt()));
        if (alert.getDurationMillis() != null) {
            end.add("after " + Quantities.text(seconds(alert.getDurationMillis())));
        }
        end.add("peak " + number(alert.getPeak()) + ".");
        return String.join(", ", end);
    }

    private static Duration seconds(long millis) {
        return Duration.ofSeconds(Math.round(millis / 1e3));
    }

    /** Three digits that count, and no fewer than a whole number has. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int whole = exact.precision() - exact.scale();
        BigDecimal rounded = exact.round(new MathContext(Math.max(DIGITS, whole)));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
