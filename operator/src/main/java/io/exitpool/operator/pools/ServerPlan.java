package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to happen to one server now, and what has to wait.
 *
 * @param after the configuration that the server then has; none if it is removed, or not there yet
 * @param writes whether a record is written; without it {@code after} is {@code before}
 * @param note what goes along with the record
 * @param notes what else the operator should know
 */
record ServerPlan(
        String server,
        Optional<PoolConfig> before,
        Optional<PoolConfig> after,
        boolean writes,
        FormerNote note,
        List<Waiting> waiting,
        List<String> notes) {

    /** What the plan does to the server. */
    enum Action {
        ADD,
        CHANGE,
        KEEP,
        REMOVE,
        WAIT
    }

    /** A setting's name in the file and its values as the file has them; empty: not set. */
    record Change(String name, String is, String willBe) {}

    ServerPlan {
        waiting = List.copyOf(waiting);
        notes = List.copyOf(notes);
    }

    Action action() {
        if (!writes) {
            return waiting.isEmpty() ? Action.KEEP : Action.WAIT;
        }
        if (after.isEmpty()) {
            return Action.REMOVE;
        }
        return before.isEmpty() ? Action.ADD : Action.CHANGE;
    }

    List<SlotRange> added() {
        return difference(after, before);
    }

    List<SlotRange> removed() {
        return difference(before, after);
    }

    /** Settings that differ; none for a server that comes or goes. */
    List<Change> changes() {
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        Map<String, String> is = texts(before.get());
        Map<String, String> willBe = texts(after.get());
        List<Change> changes = new ArrayList<>();
        is.forEach(
                (name, value) -> {
                    if (!value.equals(willBe.get(name))) {
                        changes.add(new Change(name, value, willBe.get(name)));
                    }
                });
        return changes;
    }

    Capacity capacityBefore() {
        return before.map(Capacity::of).orElse(Capacity.NONE);
    }

    Capacity capacityAfter() {
        return after.map(Capacity::of).orElse(Capacity.NONE);
    }

    private static Map<String, String> texts(PoolConfig config) {
        Map<String, String> texts = new LinkedHashMap<>(PoolSettings.of(config).texts());
        texts.put("country", config.getCountry() == null ? "" : config.getCountry());
        texts.put("city", config.getCity() == null ? "" : config.getCity());
        return texts;
    }

    private static List<SlotRange> difference(
            Optional<PoolConfig> of, Optional<PoolConfig> without) {
        SortedMap<Integer, SlotAddresses> slots =
                new TreeMap<>(SlotTable.of(of.map(PoolConfig::getSlots).orElse(List.of())));
        slots.keySet()
                .removeAll(
                        SlotTable.of(without.map(PoolConfig::getSlots).orElse(List.of())).keySet());
        return SlotTable.ranges(slots);
    }
}
