package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan in words, for an operator who decides whether to go on. */
final class PlanText {

    /** So many ranges of one kind are written out, the rest is counted. */
    private static final int SHOWN = 10;

    private PlanText() {}

    /** The whole plan, a paragraph for each server that is touched. */
    static String of(Plan plan) {
        List<String> lines = new ArrayList<>();
        long kept = 0;
        for (ServerPlan server : plan.servers()) {
            if (server.action() == ServerPlan.Action.KEEP) {
                kept++;
            } else {
                server(server, lines);
            }
        }
        if (kept > 0) {
            lines.add(kept + (kept == 1 ? " server stays" : " servers stay") + " as configured");
        }
        return String.join("\n", lines);
    }

    /** What is waited for, in a line for each reason. */
    static String waiting(List<Waiting> waiting) {
        return grouped(waiting).stream()
                .map(line -> "waiting: " + line)
                .collect(Collectors.joining("\n"));
    }

    static String range(SlotRange range) {
        SlotAddresses first = SlotAddresses.firstOf(range);
        SlotAddresses last = first.plus(range.getCount() - 1);
        String ids =
                range.getCount() == 1
                        ? "slot " + range.getFirstId()
                        : "slots "
                                + range.getFirstId()
                                + "-"
                                + (range.getFirstId() + range.getCount() - 1);
        return ids + ": " + addresses(first, last);
    }

    private static String addresses(SlotAddresses first, SlotAddresses last) {
        List<String> parts = new ArrayList<>();
        first.v4().ifPresent(v4 -> parts.add(span(v4, last.v4())));
        first.v6().ifPresent(v6 -> parts.add(span(v6, last.v6())));
        return String.join(" + ", parts);
    }

    private static String span(Address first, Optional<Address> last) {
        return last.filter(first::equals).isPresent()
                ? first.toString()
                : first + "-" + last.map(Address::toString).orElse("");
    }

    private static void server(ServerPlan plan, List<String> lines) {
        lines.add(plan.server() + ": " + heading(plan));
        ranges("+ ", plan.added(), lines);
        ranges("- ", plan.removed(), lines);
        plan.changes()
                .forEach(
                        change ->
                                lines.add(
                                        "  "
                                                + change.name()
                                                + ": "
                                                + orNotSet(change.is())
                                                + " -> "
                                                + orNotSet(change.willBe())));
        if (plan.writes()) {
            lines.add("  " + capacity(plan.capacityBefore(), plan.capacityAfter()));
        }
        grouped(plan.waiting()).forEach(line -> lines.add("  waiting: " + line));
        plan.notes().forEach(note -> lines.add("  note: " + note));
    }

    private static String heading(ServerPlan plan) {
        String before = plan.before().map(PoolConfig::getVersion).map(String::valueOf).orElse("-");
        return switch (plan.action()) {
            case ADD -> "new, version " + plan.note().version();
            case CHANGE -> "changed, version " + before + " -> " + plan.note().version();
            case REMOVE -> "removed, version " + before + " was its last";
            case KEEP -> "as configured, version " + before;
            case WAIT -> "as configured for now, version " + before;
        };
    }

    private static void ranges(String sign, List<SlotRange> ranges, List<String> lines) {
        ranges.stream().limit(SHOWN).forEach(range -> lines.add("  " + sign + range(range)));
        if (ranges.size() > SHOWN) {
            int slots = SlotTable.count(ranges.subList(SHOWN, ranges.size()));
            lines.add("  " + sign + slots + " slots more");
        }
    }

    private static String capacity(Capacity before, Capacity after) {
        double target = after.target() > 0 ? after.target() : before.target();
        return "slots "
                + before.slots()
                + " -> "
                + after.slots()
                + ", places "
                + before.sessions()
                + " -> "
                + after.sessions()
                + ", carries "
                + erlangs(before)
                + " -> "
                + erlangs(after)
                + " erlangs at "
                + Quantities.percent(target)
                + " blocking";
    }

    private static String erlangs(Capacity capacity) {
        return String.format(Locale.ROOT, "%.1f", capacity.erlangs());
    }

    private static List<String> grouped(List<Waiting> waiting) {
        Map<String, List<Waiting>> byReason = new LinkedHashMap<>();
        for (Waiting one : waiting) {
            String key = one.server() + "\n" + one.holder().server() + "\n" + one.holder().why();
            byReason.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
        }
        return byReason.values().stream().map(PlanText::group).toList();
    }

    private static String group(List<Waiting> group) {
        int more = group.size() - 1;
        return group.get(0) + (more > 0 ? " (and " + more + " more like it)" : "");
    }

    private static String orNotSet(String value) {
        return value.isEmpty() ? "not set" : value;
    }
}
