package io.exitpool.operator.pools;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and shares as operators write them: {@code 10m}, {@code 1h30m}, {@code 0.1%}. What is
 * written here is read back to the very same value.
 */
public final class Quantities {

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Quantities() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Duration duration(String text) {
        String written = text.trim().toLowerCase(Locale.ROOT);
        if (written.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(written);
        if (written.isEmpty() || !matcher.matches()) {
            throw notADuration(text, null);
        }
        try {
            long millis = 0;
            for (int unit = 0; unit < UNITS.length; unit++) {
                String digits = matcher.group(unit + 1);
                if (digits != null) {
                    long part = Math.multiplyExact(Long.parseLong(digits), MILLIS[unit]);
                    millis = Math.addExact(millis, part);
                }
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException | NumberFormatException e) {
            throw notADuration(text, e);
        }
    }

    public static String text(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (rest >= MILLIS[unit]) {
                text.append(rest / MILLIS[unit]).append(UNITS[unit]);
                rest %= MILLIS[unit];
            }
        }
        return text.toString();
    }

    /**
     * Reads a share, {@code 0.1%} or {@code 0.001}.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static double share(String text) {
        String written = text.trim();
        boolean percent = written.endsWith("%");
        try {
            BigDecimal number =
                    new BigDecimal(
                            percent ? written.substring(0, written.length() - 1).trim() : written);
            return (percent ? number.movePointLeft(2) : number).doubleValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a share such as 0.1% or 0.001", e);
        }
    }

    public static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + "%";
    }

    private static IllegalArgumentException notADuration(String text, Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration such as 90s, 10m or 1h30m", cause);
    }
}
