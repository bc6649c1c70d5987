package io.exitpool.operator.pools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.SlotRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands' results as JSON, with names and units as in the records. */
final class PoolsJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PoolsJson() {}

    static String text(Object node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** How a file was applied: the plan as it was first made, and what came of it. */
    static ObjectNode applied(ApplyReport report, Optional<Plan> plan) {
        ObjectNode node = JSON.createObjectNode();
        node.put("outcome", report.outcome().name());
        ArrayNode problems = node.putArray("problems");
        report.problems()
                .forEach(
                        problem -> {
                            ObjectNode one = problems.addObject();
                            one.put("path", problem.path());
                            problem.line().ifPresent(line -> one.put("line", line));
                            one.put("what", problem.what());
                        });
        ArrayNode servers = node.putArray("servers");
        plan.ifPresent(made -> made.servers().forEach(server -> plan(server, servers.addObject())));
        ObjectNode written = node.putObject("written");
        report.written().forEach(written::put);
        waiting(report.waiting(), node.putArray("waiting"));
        ArrayNode messages = node.putArray("messages");
        report.messages().forEach(messages::add);
        return node;
    }

    /** One server as it is configured and as it stands. */
    static ObjectNode pool(String server, StoredPool pool, Optional<PoolStatus> status) {
        ObjectNode node = JSON.createObjectNode();
        node.put("server", server);
        pool.config().ifPresent(config -> config(config, node.putObject("config")));
        status.ifPresent(is -> status(is, node.putObject("status")));
        return node;
    }

    private static void plan(ServerPlan plan, ObjectNode node) {
        node.put("server", plan.server());
        node.put("action", plan.action().name());
        ranges(plan.added(), node.putArray("added"));
        ranges(plan.removed(), node.putArray("removed"));
        ArrayNode changes = node.putArray("changes");
        plan.changes()
                .forEach(
                        change ->
                                changes.addObject()
                                        .put("setting", change.name())
                                        .put("is", change.is())
                                        .put("willBe", change.willBe()));
        capacity(plan.capacityBefore(), node.putObject("before"));
        capacity(plan.capacityAfter(), node.putObject("after"));
        waiting(plan.waiting(), node.putArray("waiting"));
        ArrayNode notes = node.putArray("notes");
        plan.notes().forEach(notes::add);
    }

    private static void waiting(List<Waiting> waiting, ArrayNode array) {
        waiting.forEach(
                one ->
                        array.addObject()
                                .put("server", one.server())
                                .put("addresses", one.slot())
                                .put("heldBy", one.holder().server())
                                .put("heldSlot", one.holder().slot())
                                .put("why", one.holder().why()));
    }

    private static void config(PoolConfig config, ObjectNode node) {
        node.put("version", config.getVersion());
        ranges(config.getSlots(), node.putArray("slots"));
        node.put("nextSlotId", config.getNextSlotId());
        PoolSettings settings = PoolSettings.of(config);
        node.put("cap", settings.cap());
        node.put("minRestMillis", settings.minRest().toMillis());
        node.put("placement", PoolSettings.text(settings.placement()));
        ObjectNode ladder = node.putObject("ladder");
        settings.shortenRestTo().ifPresent(d -> ladder.put("shortenRestToMillis", d.toMillis()));
        settings.shareUpTo().ifPresent(most -> ladder.put("shareUpTo", most));
        node.put("maxRestingShare", settings.maxRestingShare());
        node.put("leaseTtlMillis", settings.leaseTtl().toMillis());
        node.put("targetBlocking", settings.targetBlocking());
        node.put("draining", config.getDraining());
        node.put("country", config.getCountry());
        node.put("city", config.getCity());
        ArrayNode setAside = node.putArray("setAside");
        var slots = SlotTable.of(config.getSlots());
        config.getSetAside()
                .forEach(
                        aside -> {
                            ObjectNode one = setAside.addObject().put("slot", aside.getSlot());
                            SlotAddresses addresses = slots.get(aside.getSlot());
                            one.put("addresses", addresses == null ? "" : addresses.toString());
                            one.put("cause", aside.getCause().name().toLowerCase(Locale.ROOT));
                            one.put("reason", aside.getReason());
                        });
        capacity(Capacity.of(config), node.putObject("capacity"));
    }

    private static void status(PoolStatus status, ObjectNode node) {
        node.put("watermark", status.getWatermark());
        node.put("epoch", status.getEpoch());
        node.put("configVersion", status.getConfigVersion());
        node.put("synced", status.getSynced());
        node.put("lastSnapshotAt", status.getLastSnapshotAt());
        node.put("failed", status.getFailed());
        node.put("slots", status.getSlots());
        node.put("free", status.getFree());
        node.put("resting", status.getResting());
        node.put("inUse", status.getInUse());
        node.put("setAside", status.getSetAside());
        node.put("sessions", status.getSessions());
        node.put("cap", status.getCap());
        node.put("draining", status.getDraining());
        ArrayNode retiring = node.putArray("retiring");
        status.getRetiring().forEach(retiring::add);
        node.set("counters", counters(status.getCounters()));
    }

    static ObjectNode counters(PoolCounters counters) {
        return JSON.createObjectNode()
                .put("duplicates", counters.getDuplicates())
                .put("staleEpochs", counters.getStaleEpochs())
                .put("unknownEnds", counters.getUnknownEnds())
                .put("adoptionConflicts", counters.getAdoptionConflicts())
                .put("incompleteSnapshots", counters.getIncompleteSnapshots())
                .put("skewedClocks", counters.getSkewedClocks());
    }

    private static void capacity(Capacity capacity, ObjectNode node) {
        node.put("slots", capacity.slots());
        node.put("setAside", capacity.setAside());
        node.put("places", capacity.sessions());
        node.put("erlangs", capacity.erlangs());
    }

    private static void ranges(List<SlotRange> ranges, ArrayNode array) {
        for (SlotRange range : ranges) {
            SlotAddresses first = SlotAddresses.firstOf(range);
            ObjectNode one = array.addObject();
            one.put("firstId", range.getFirstId()).put("count", range.getCount());
            one.put("firstV4", first.v4().map(Address::toString).orElse(null));
            one.put("firstV6", first.v6().map(Address::toString).orElse(null));
        }
    }
}
