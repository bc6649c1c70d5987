package io.exitpool.operator.plan;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts per time as operators write them: {@code 12/min}, {@code 0.2/s}. */
record Rate(BigDecimal count, Unit per) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d+(?:\\.\\d+)?) ?/ ?([a-z]+)");

    /** What the starts are counted in. */
    enum Unit {
        S(1),
        MIN(60),
        H(3_600),
        D(86_400);

        private final int seconds;

        Unit(int seconds) {
            this.seconds = seconds;
        }
    }

    /**
     * Reads a rate.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Rate parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw notARate(text);
        }
        BigDecimal count = new BigDecimal(matcher.group(1));
        if (count.signum() == 0) {
            throw new IllegalArgumentException("'" + text + "' is no load: give a rate above 0");
        }
        for (Unit unit : Unit.values()) {
            if (unit.name().equalsIgnoreCase(matcher.group(2))) {
                return new Rate(count, unit);
            }
        }
        throw notARate(text);
    }

    double perSecond() {
        return count.doubleValue() / per.seconds;
    }

    double perMinute() {
        return perSecond() * Unit.MIN.seconds;
    }

    @Override
    public String toString() {
        return count.toPlainString() + "/" + per.name().toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException notARate(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a rate such as 12/min; the unit is s, min, h or d");
    }
}
