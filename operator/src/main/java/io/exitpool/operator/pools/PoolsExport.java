package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SlotRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes configurations as the file that {@code pools apply} reads. Applied to the fleet that it
 * was exported from it changes nothing; applied to an empty log it gives every slot its id again,
 * so that sessions which hold a slot find it. What a file does not hold, set-asides and draining,
 * is told in comments.
 */
public final class PoolsExport {

    private PoolsExport() {}

    /** The file's text. */
    static String yaml(SortedMap<String, PoolConfig> configs) {
        StringBuilder yaml = new StringBuilder("defaults:\n");
        PoolSettings.DEFAULT.texts().forEach((name, value) -> line(yaml, 2, name + ": " + value));
        SortedMap<String, PoolConfig> withSlots = new TreeMap<>(configs);
        withSlots.values().removeIf(config -> config.getSlots().isEmpty());
        yaml.append("servers:").append(withSlots.isEmpty() ? " {}\n" : "\n");
        withSlots.forEach((server, config) -> server(yaml, server, config));
        configs.keySet().stream()
                .filter(server -> !withSlots.containsKey(server))
                .forEach(server -> line(yaml, 2, "# " + server + " has no slots, and is left out"));
        return yaml.toString();
    }

    private static void server(StringBuilder yaml, String server, PoolConfig config) {
        line(yaml, 2, "\"" + server + "\":");
        comments(yaml, server, config);
        Map<String, String> defaults = PoolSettings.DEFAULT.texts();
        PoolSettings.of(config)
                .texts()
                .forEach(
                        (name, value) -> {
                            if (!value.equals(defaults.get(name))) {
                                line(yaml, 4, name + ": " + value);
                            }
                        });
        Optional.ofNullable(config.getCountry()).ifPresent(c -> quoted(yaml, "country", c));
        Optional.ofNullable(config.getCity()).ifPresent(c -> quoted(yaml, "city", c));
        if (idsFollowFromOrder(config)) {
            list(yaml, "v4", config.getSlots(), true);
            list(yaml, "v6", config.getSlots(), false);
        } else {
            line(yaml, 4, "next-slot-id: " + config.getNextSlotId());
            line(yaml, 4, "slots:");
            config.getSlots().forEach(range -> line(yaml, 6, "- " + slot(range)));
        }
    }

    private static void comments(StringBuilder yaml, String server, PoolConfig config) {
        if (config.getDraining()) {
            line(yaml, 4, "# is draining: ./exitpool pools drain " + server);
        }
        SortedMap<Integer, SlotAddresses> slots = SlotTable.of(config.getSlots());
        for (SetAside aside : config.getSetAside()) {
            SlotAddresses addresses = slots.get(aside.getSlot());
            if (addresses != null) {
                line(
                        yaml,
                        4,
                        "# is set aside: ./exitpool pools set-aside "
                                + server
                                + " "
                                + addresses.all().get(0)
                                + " --cause "
                                + aside.getCause().name().toLowerCase(Locale.ROOT)
                                + " --reason '"
                                + aside.getReason().replaceAll("[\\p{Cntrl}']", " ")
                                + "'");
            }
        }
    }

    /** Whether lists of addresses without ids, applied to an empty log, give these very slots. */
    private static boolean idsFollowFromOrder(PoolConfig config) {
        int next = 0;
        boolean v4 = config.getSlots().stream().allMatch(r -> r.getFirstV4() != null);
        boolean noV4 = config.getSlots().stream().allMatch(r -> r.getFirstV4() == null);
        boolean v6 = config.getSlots().stream().allMatch(r -> r.getFirstV6() != null);
        boolean noV6 = config.getSlots().stream().allMatch(r -> r.getFirstV6() == null);
        for (SlotRange range : config.getSlots()) {
            if (range.getFirstId() != next) {
                return false;
            }
            next += range.getCount();
        }
        return next > 0 && next == config.getNextSlotId() && (v4 || noV4) && (v6 || noV6);
    }

    private static void list(StringBuilder yaml, String key, List<SlotRange> ranges, boolean v4) {
        boolean named = false;
        for (SlotRange range : ranges) {
            Optional<String> span = span(range, v4);
            if (span.isPresent()) {
                if (!named) {
                    line(yaml, 4, key + ":");
                    named = true;
                }
                line(yaml, 6, "- " + span.get());
            }
        }
    }

    private static String slot(SlotRange range) {
        String v4 = span(range, true).map(span -> ", v4: " + span).orElse("");
        String v6 = span(range, false).map(span -> ", v6: " + span).orElse("");
        return "{id: " + range.getFirstId() + v4 + v6 + "}";
    }

    private static Optional<String> span(SlotRange range, boolean v4) {
        SlotAddresses first = SlotAddresses.firstOf(range);
        SlotAddresses last = first.plus(range.getCount() - 1);
        Optional<Address> from = v4 ? first.v4() : first.v6();
        Optional<Address> to = v4 ? last.v4() : last.v6();
        return from.map(
                address -> {
                    String span =
                            range.getCount() == 1
                                    ? address.toString()
                                    : address + "-" + to.orElseThrow();
                    // A colon means something to YAML.
                    return v4 ? span : "\"" + span + "\"";
                });
    }

    private static void quoted(StringBuilder yaml, String key, String value) {
        line(yaml, 4, key + ": \"" + value + "\"");
    }

    private static void line(StringBuilder yaml, int indent, String text) {
        yaml.append(" ".repeat(indent)).append(text).append('\n');
    }
}
