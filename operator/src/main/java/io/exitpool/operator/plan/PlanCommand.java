package io.exitpool.operator.plan;

import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.Quantities;
import io.exitpool.schemas.connection.Connection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code plan}: how large a pool must be. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says how many slots a pool needs, or what pools of given sizes carry.",
            "",
            "An erlang is one place that is taken all the time: 25 erlangs is a load that would"
                + " keep 25 places taken in the mean if there were places without end. It is starts"
                + " per time x the time that each keeps its place: 12 a minute for 2 minutes are 24"
                + " erlangs.",
            "Rest is load: a slot that lies unused for min-rest after a session is as little to be"
                + " had as one in use. 12 a minute for 90 minutes with 10 minutes of rest are 12 x"
                + " 100 = 1200 erlangs.",
            "Erlang B, the formula here, gives the share of starts that find every place taken. It"
                + " assumes that starts come independently of each other (Poisson), that one which"
                + " is rejected goes away, and that any start may have any free place. How long"
                + " sessions last matters by its mean only. A storm of reconnects is not of that"
                + " kind, and rejects more.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  exitpool plan --erlangs 25 --target 0.1%%",
            "  exitpool plan --rate 12/min --hold 90m --min-rest 10m --cap 4",
            "  exitpool plan --sizes 8,30,60,200",
            "  exitpool plan --from-topics"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:planned, whether anything is missing or not",
            "1:--from-topics: a topic is missing",
            "2:wrong usage",
            "3:--from-topics: Kafka or the schema registry cannot be reached"
        })
public final class PlanCommand extends KafkaCommand {

    private static final double USUAL_TARGET = 0.001;

    @Option(
            names = "--erlangs",
            paramLabel = "LOAD",
            description = "Plan for this load, rest counted.",
            converter = LoadConverter.class)
    private Double erlangs;

    @Option(
            names = "--rate",
            paramLabel = "N/UNIT",
            description =
                    "Plan for so many starts a time, such as 12/min; the unit is s, min, h or d."
                            + " Retries of a rejected start do not count.",
            converter = RateConverter.class)
    private Rate rate;

    @Option(
            names = "--sizes",
            paramLabel = "SLOTS",
            split = ",",
            description = "A table of what pools of these sizes carry at 0.1%%, 1%% and 5%%.")
    private List<Integer> sizes;

    @Option(
            names = "--from-topics",
            description = {
                "Every configured server by its own statistics: its size, its load of the last hour"
                        + " and the size that it needs. Those that need more come first."
            })
    private boolean fromTopics;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            description = "With --rate: how long a session lasts in the mean, such as 90m.",
            converter = DurationConverter.class)
    private Duration hold;

    @Option(
            names = "--min-rest",
            paramLabel = "TIME",
            description =
                    "With --rate: how long a slot rests once it is empty, such as 10m. Default:"
                            + " 0s.",
            converter = DurationConverter.class)
    private Duration minRest;

    @Option(
            names = "--cap",
            paramLabel = "N",
            description = {
                "Sessions that a slot carries, its places. Default: 1.",
                "With --rate and a cap above 1 the plan is for the worst case: every release is"
                        + " taken to empty its slot, whose places all rest then."
            })
    private Integer cap;

    @Option(
            names = "--target",
            paramLabel = "SHARE",
            description =
                    "Share of starts that may be rejected, such as 0.1%% or 0.001. Default: 0.1%%;"
                            + " with --from-topics each server's own.",
            converter = ShareConverter.class)
    private Double target;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    protected int run(Connection connection) {
        check();
        out().print(fromTopics ? fleet(connection) : answer());
        out().flush();
        return OK;
    }

    private String answer() {
        if (sizes != null) {
            SizeTable table = SizeTable.of(sizes, cap(), target());
            return json ? PlanJson.write(table) + System.lineSeparator() : PlanText.write(table);
        }
        if (erlangs != null) {
            Sizing sizing = Sizing.of(erlangs, cap(), target());
            return json ? PlanJson.write(sizing) + System.lineSeparator() : PlanText.write(sizing);
        }
        Arrivals arrivals = new Arrivals(rate, hold, minRest == null ? Duration.ZERO : minRest);
        double load = arrivals.erlangs(cap());
        if (load > LoadConverter.most()) {
            throw wrong("%s for %s is %s".formatted(rate, Quantities.text(hold), tooMuch(load)));
        }
        Sizing worst = Sizing.of(load, cap(), target());
        Sizing least = Sizing.of(arrivals.leastErlangs(cap()), cap(), target());
        return json
                ? PlanJson.write(arrivals, worst, least) + System.lineSeparator()
                : PlanText.write(arrivals, worst, least);
    }

    private String fleet(Connection connection) {
        long now = System.currentTimeMillis();
        FleetSizing.Report report =
                FleetReading.read(connection, now)
                        .report(
                                target == null
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(target));
        return json ? PlanJson.write(report) + System.lineSeparator() : PlanText.write(report, now);
    }

    private int cap() {
        return cap == null ? 1 : cap;
    }

    private double target() {
        return target == null ? USUAL_TARGET : target;
    }

    private void check() {
        long asked =
                Stream.of(erlangs != null, rate != null, sizes != null, fromTopics)
                        .filter(is -> is)
                        .count();
        if (asked != 1) {
            throw wrong(
                    (asked == 0 ? "Say what to plan for" : "One at a time")
                            + ": --erlangs LOAD, or --rate N/UNIT with --hold TIME, or --sizes"
                            + " SLOTS, or --from-topics");
        }
        if (rate != null && hold == null) {
            throw wrong("--rate needs --hold, how long a session lasts in the mean: --hold 90m");
        }
        if (rate == null && (hold != null || minRest != null)) {
            throw wrong("--hold and --min-rest belong to --rate: give it too, or leave them out");
        }
        if (fromTopics && cap != null) {
            throw wrong("--from-topics takes the cap from each server: leave --cap out");
        }
        if (hold != null && hold.isZero()) {
            throw wrong("--hold is above 0s: a session that lasts no time is no load");
        }
        Limits limits = Limits.STANDARD;
        if (minRest != null && minRest.compareTo(limits.maxMinRest()) > 0) {
            throw wrong("--min-rest is 0s to " + Quantities.text(limits.maxMinRest()));
        }
        if (cap() < 1 || cap() > limits.maxCap()) {
            throw wrong("--cap is 1 to " + limits.maxCap() + " sessions, not " + cap);
        }
        if (sizes != null) {
            for (int size : sizes) {
                if (size < 1 || size > limits.maxSlots()) {
                    throw wrong("--sizes are 1 to " + limits.maxSlots() + " slots, not " + size);
                }
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private static String tooMuch(double load) {
        return "%.0f erlangs, more than the largest pool has places (%d): divide it over servers"
                .formatted(load, LoadConverter.most());
    }

    /** A load above 0 that a pool could have. */
    static final class LoadConverter implements ITypeConverter<Double> {

        static long most() {
            return (long) Limits.STANDARD.maxSlots() * Limits.STANDARD.maxCap();
        }

        @Override
        public Double convert(String text) {
            double load;
            try {
                load = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a number such as 25");
            }
            if (!(load > 0)) {
                throw new TypeConversionException("a load is above 0, not " + text);
            }
            if (load > most()) {
                throw new TypeConversionException(tooMuch(load));
            }
            return load;
        }
    }

    /** A share above 0 and below 1. */
    static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double share = sentence(() -> Quantities.share(text));
            if (!(share > 0 && share < 1)) {
                throw new TypeConversionException(
                        "the target is above 0% and below 100% (no pool of any size never rejects),"
                                + " such as 0.1%, not "
                                + text);
            }
            return share;
        }
    }

    static final class RateConverter implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String text) {
            return sentence(() -> Rate.parse(text));
        }
    }

    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return sentence(() -> Quantities.duration(text));
        }
    }

    private static <T> T sentence(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
