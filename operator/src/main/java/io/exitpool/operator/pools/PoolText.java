package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.SetAside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** One pool in words: its configuration, its capacity, its last status. */
final class PoolText {

    private PoolText() {}

    /** The most important thing about a pool, in a few words. */
    static String state(Optional<PoolConfig> config, Optional<PoolStatus> status) {
        if (config.isEmpty()) {
            return "removed, until its slots are empty and rested";
        }
        if (status.isEmpty()) {
            return "not taken up yet";
        }
        PoolStatus is = status.get();
        if (is.getFailed() != null) {
            return "FAILED: " + is.getFailed();
        }
        List<String> states = new ArrayList<>();
        Long shown = is.getConfigVersion();
        if (shown == null || shown < config.get().getVersion()) {
            states.add("version " + config.get().getVersion() + " not taken up yet");
        }
        if (config.get().getDraining()) {
            states.add("draining");
        }
        if (!is.getSynced()) {
            states.add("waits for its agent's snapshot");
        }
        if (!is.getRetiring().isEmpty()) {
            states.add(is.getRetiring().size() + " retiring");
        }
        return states.isEmpty() ? "ok" : String.join(", ", states);
    }

    static String of(String server, StoredPool pool, Optional<PoolStatus> status) {
        List<String> lines = new ArrayList<>();
        lines.add(server + ": " + state(pool.config(), status));
        pool.config().ifPresent(config -> config(config, lines));
        status.ifPresent(is -> status(is, pool, lines));
        return String.join("\n", lines);
    }

    private static void config(PoolConfig config, List<String> lines) {
        lines.add("configuration, version " + config.getVersion());
        config.getSlots().forEach(range -> lines.add("  " + PlanText.range(range)));
        PoolSettings.of(config)
                .texts()
                .forEach((name, text) -> lines.add("  " + name + ": " + text));
        Optional.ofNullable(config.getCountry()).ifPresent(c -> lines.add("  country: " + c));
        Optional.ofNullable(config.getCity()).ifPresent(c -> lines.add("  city: " + c));
        SortedMap<Integer, SlotAddresses> slots = SlotTable.of(config.getSlots());
        for (SetAside aside : config.getSetAside()) {
            SlotAddresses addresses = slots.get(aside.getSlot());
            lines.add(
                    "  set aside: slot "
                            + aside.getSlot()
                            + (addresses == null ? "" : ", " + addresses)
                            + ", "
                            + aside.getCause().name().toLowerCase(Locale.ROOT)
                            + (aside.getReason().isEmpty() ? "" : ": " + aside.getReason()));
        }
        Capacity capacity = Capacity.of(config);
        lines.add(
                String.format(
                        Locale.ROOT,
                        "capacity: %d places, %.1f erlangs at %s blocking",
                        capacity.sessions(),
                        capacity.erlangs(),
                        Quantities.percent(config.getTargetBlocking())));
    }

    private static void status(PoolStatus status, StoredPool pool, List<String> lines) {
        lines.add("status at " + Instant.ofEpochMilli(status.getWatermark()));
        lines.add(
                "  "
                        + status.getSlots()
                        + " slots: "
                        + status.getFree()
                        + " free, "
                        + status.getResting()
                        + " resting, "
                        + status.getInUse()
                        + " in use, "
                        + status.getSetAside()
                        + " set aside; "
                        + status.getSessions()
                        + " sessions");
        lines.add("  epoch: " + (status.getEpoch() == null ? "none yet" : status.getEpoch()));
        Long snapshot = status.getLastSnapshotAt();
        lines.add("  last snapshot: " + (snapshot == null ? "-" : Instant.ofEpochMilli(snapshot)));
        Map<Integer, SlotAddresses> former = new HashMap<>();
        pool.former().forEach(gone -> former.putAll(SlotTable.of(List.of(gone.range()))));
        for (int id : status.getRetiring()) {
            SlotAddresses addresses = former.get(id);
            lines.add("  retiring: slot " + id + (addresses == null ? "" : ", " + addresses));
        }
        PoolsJson.counters(status.getCounters())
                .properties()
                .forEach(counter -> lines.add("  " + counter.getKey() + ": " + counter.getValue()));
    }
}
