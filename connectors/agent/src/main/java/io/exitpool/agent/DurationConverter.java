package io.exitpool.agent;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500ms}, {@code 90s}, {@code 1h30m}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = PARTS.matcher(text);
        Duration duration =
                parts.matches()
                        ? Duration.ofHours(number(parts, 1))
                                .plusMinutes(number(parts, 2))
                                .plusSeconds(number(parts, 3))
                                .plusMillis(number(parts, 4))
                        : Duration.ZERO;
        if (duration.isZero()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration such as 500ms, 90s or 1h30m");
        }
        return duration;
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
