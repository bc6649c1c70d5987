package io.exitpool.operator.plan;

import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.Quantities;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plans as tables and sentences. */
final class PlanText {

    private static final String LINE = "%-16s%s%n";
    private static final String SERVER = "%-24s %6s %6s %6s %5s %10s %8s %8s %8s %8s %4s  %s%n";
    private static final double SMALLEST_SHARE = 1e-6;
    private static final Duration OLD = Duration.ofMinutes(5);

    private PlanText() {}

    static String write(Sizing sizing) {
        StringBuilder text = new StringBuilder();
        line(text, "offered load", erlangs(sizing.erlangs()) + " erlangs");
        size(text, sizing);
        return text.toString();
    }

    static String write(Arrivals arrivals, Sizing worst, Sizing least) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "starts",
                "%s, held %s, rest %s"
                        .formatted(
                                arrivals.rate(),
                                Quantities.text(arrivals.hold()),
                                Quantities.text(arrivals.minRest())));
        boolean bound = worst.cap() > 1 && !arrivals.minRest().isZero();
        line(
                text,
                "offered load",
                erlangs(worst.erlangs()) + " erlangs" + (bound ? " (worst case)" : ""));
        size(text, worst);
        if (bound) {
            text.append(
                    """

                    The worst case: every release is taken to empty its slot, and a slot that rests keeps
                    its %d places idle. How many releases do is not known from a rate. If no slot ever
                    emptied, it would be %s erlangs and %d slots; the truth lies between. A pool that
                    runs measures it: exitpool plan --from-topics.
                    """
                            .formatted(worst.cap(), erlangs(least.erlangs()), least.slots()));
        }
        return text.toString();
    }

    static String write(SizeTable table) {
        StringBuilder text = new StringBuilder();
        boolean places = table.cap() > 1;
        text.append("%7s".formatted("slots"));
        if (places) {
            text.append(" %9s".formatted("places"));
        }
        for (double target : table.targets()) {
            text.append("  %16s".formatted("at " + Quantities.percent(target)));
        }
        text.append('\n');
        for (SizeTable.Row row : table.rows()) {
            text.append("%7d".formatted(row.slots()));
            if (places) {
                text.append(" %9d".formatted(row.places()));
            }
            for (int i = 0; i < table.targets().size(); i++) {
                text.append(
                        "  %9s %6s"
                                .formatted(
                                        erlangs(row.erlangs().get(i)),
                                        whole(row.utilisation(i), "(%d%%)")));
            }
            text.append('\n');
        }
        return text.append(
                        """

                        Erlangs that a pool carries when that share of starts may be rejected, rest counted;
                        in brackets the utilisation then: erlangs over places.
                        """)
                .toString();
    }

    /**
     * The fleet, and which servers' statistics are old.
     *
     * @param now milliseconds since 1970
     */
    static String write(FleetSizing.Report report, long now) {
        if (report.servers().isEmpty() && report.without().isEmpty()) {
            return "No server is configured: ./exitpool pools apply does that.%n".formatted();
        }
        StringBuilder text = new StringBuilder();
        if (!report.servers().isEmpty()) {
            row(
                    text,
                    "SERVER",
                    "SLOTS",
                    "USABLE",
                    "NEEDED",
                    "MORE",
                    "STARTS/MIN",
                    "ERLANGS",
                    "CARRIES",
                    "REJECTS",
                    "TARGET",
                    "MIN",
                    "UNTIL");
            report.servers().forEach(server -> row(text, server, now));
            text.append(
                    """

                    USABLE: slots not set aside. NEEDED: those that ERLANGS, the load of the last MIN minutes
                    with its rest, need for TARGET. CARRIES: load that the usable ones carry at TARGET.
                    REJECTS: what Erlang B expects of them.
                    """);
            if (report.servers().stream().anyMatch(server -> isOld(server, now))) {
                text.append("(old): no window for 5 minutes or more; is the insight running?\n");
            }
        }
        text.append(
                "%d of %d servers %s more.%n"
                        .formatted(
                                report.needingMore(),
                                report.servers().size(),
                                report.needingMore() == 1 ? "needs" : "need"));
        if (!report.without().isEmpty()) {
            text.append("Without statistics:\n");
            report.without()
                    .forEach((server, why) -> text.append("  %-24s %s%n".formatted(server, why)));
        }
        return text.toString();
    }

    private static boolean isOld(ServerSizing server, long now) {
        return now - server.until() >= OLD.toMillis();
    }

    private static void size(StringBuilder text, Sizing sizing) {
        line(text, "target", Quantities.percent(sizing.target()) + " of starts may be rejected");
        line(text, "places needed", String.valueOf(sizing.places()));
        line(
                text,
                "slots needed",
                "%d of %s"
                        .formatted(
                                sizing.slots(),
                                sizing.cap() == 1
                                        ? "one session each"
                                        : "up to " + sizing.cap() + " sessions each"));
        line(
                text,
                "they reject",
                "%s of starts; one slot less would reject %s"
                        .formatted(share(sizing.blocking()), share(sizing.blockingOfOneLess())));
        line(
                text,
                "they carry",
                "%s erlangs at the target; this load is %s of their places"
                        .formatted(
                                erlangs(sizing.carriedErlangs()),
                                whole(sizing.utilisation(), "%d%%")));
        if (sizing.slots() > Limits.STANDARD.maxSlots()) {
            text.append(
                    "%nA pool has at most %d slots: divide the load over %d servers.%n"
                            .formatted(
                                    Limits.STANDARD.maxSlots(),
                                    Sizing.slots(sizing.slots(), Limits.STANDARD.maxSlots())));
        }
    }

    private static void row(StringBuilder text, ServerSizing server, long now) {
        List<String> notes = new ArrayList<>();
        notes.add(Instant.ofEpochMilli(server.until()).toString());
        if (server.incomplete()) {
            notes.add("(incomplete)");
        }
        if (isOld(server, now)) {
            notes.add("(old)");
        }
        row(
                text,
                server.server(),
                server.slots(),
                server.usable(),
                server.needed(),
                server.missing() == 0 ? "-" : "+" + server.missing(),
                erlangs(server.load().getArrivalsPerMinute()),
                erlangs(server.load().getErlangs()),
                erlangs(server.carriedErlangs()),
                share(server.load().getBlocking()),
                Quantities.percent(server.target()),
                server.load().getMinutes(),
                String.join(" ", notes));
    }

    private static void row(StringBuilder text, Object... cells) {
        text.append(SERVER.formatted(cells));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(LINE.formatted(name, value));
    }

    /** As tables of the formula have it: 2.05, 46.95, 165.6. */
    private static String erlangs(double erlangs) {
        return String.format(Locale.ROOT, erlangs < 99.995 ? "%.2f" : "%.1f", erlangs);
    }

    /** Three digits that count. */
    private static String share(double share) {
        if (share > 0 && share < SMALLEST_SHARE) {
            return "<" + Quantities.percent(SMALLEST_SHARE);
        }
        return Quantities.percent(new BigDecimal(share).round(new MathContext(3)).doubleValue());
    }

    private static String whole(double share, String format) {
        return format.formatted(Math.round(100 * share));
    }
}
