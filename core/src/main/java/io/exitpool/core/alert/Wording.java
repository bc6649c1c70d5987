package io.exitpool.core.alert;

import java.util.Locale;

/** Numbers in sentences, alike in every country. */
final class Wording {
    private Wording() {}

    static String say(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }

    /** A share as people write it: {@code 12 %}, {@code 0.1 %}, {@code 0.025 %}. */
    static String percent(double share) {
        double percent = 100 * share;
        String digits = percent >= 9.95 ? "%.0f" : percent >= 0.95 ? "%.1f" : "%.2g";
        String number = say(digits, percent);
        return number.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "") + " %";
    }
}
