package io.exitpool.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Plans as JSON, for programs: names and units as in the statistics' records. */
final class PlanJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PlanJson() {}

    static String write(Sizing sizing) {
        return text(node(sizing));
    }

    static String write(Arrivals arrivals, Sizing worst, Sizing least) {
        ObjectNode json = JSON.createObjectNode();
        json.put("arrivalsPerMinute", arrivals.rate().perMinute());
        json.put("holdMillis", arrivals.hold().toMillis());
        json.put("minRestMillis", arrivals.minRest().toMillis());
        json.put("bound", worst.cap() == 1 ? "EXACT" : "WORST_CASE");
        json.setAll(node(worst));
        if (worst.cap() > 1) {
            json.set("ifNoSlotEverEmptied", node(least));
        }
        return text(json);
    }

    static String write(SizeTable table) {
        ArrayNode json = JSON.createArrayNode();
        for (SizeTable.Row row : table.rows()) {
            ObjectNode one = json.addObject();
            one.put("slots", row.slots());
            one.put("cap", table.cap());
            one.put("places", row.places());
            ArrayNode carries = one.putArray("carries");
            for (int i = 0; i < table.targets().size(); i++) {
                carries.addObject()
                        .put("target", table.targets().get(i))
                        .put("carriedErlangs", row.erlangs().get(i))
                        .put("utilisation", row.utilisation(i));
            }
        }
        return text(json);
    }

    static String write(FleetSizing.Report report) {
        ObjectNode json = JSON.createObjectNode();
        json.put("needingMore", report.needingMore());
        ArrayNode servers = json.putArray("servers");
        report.servers().forEach(server -> servers.add(node(server)));
        ObjectNode without = json.putObject("withoutStatistics");
        report.without().forEach(without::put);
        return text(json);
    }

    private static ObjectNode node(Sizing sizing) {
        return JSON.createObjectNode()
                .put("erlangs", sizing.erlangs())
                .put("cap", sizing.cap())
                .put("target", sizing.target())
                .put("placesNeeded", sizing.places())
                .put("slotsNeeded", sizing.slots())
                .put("blocking", sizing.blocking())
                .put("blockingWithOneSlotLess", sizing.blockingOfOneLess())
                .put("utilisation", sizing.utilisation())
                .put("carriedErlangs", sizing.carriedErlangs());
    }

    private static ObjectNode node(ServerSizing server) {
        return JSON.createObjectNode()
                .put("server", server.server())
                .put("windowEnd", Instant.ofEpochMilli(server.until()).toString())
                .put("incomplete", server.incomplete())
                .put("minutes", server.load().getMinutes())
                .put("slots", server.slots())
                .put("usableSlots", server.usable())
                .put("places", server.places())
                .put("arrivalsPerMinute", server.load().getArrivalsPerMinute())
                .put("erlangs", server.load().getErlangs())
                .put("blocking", server.load().getBlocking())
                .put("target", server.target())
                .put("carriedErlangs", server.carriedErlangs())
                .put("slotsNeeded", server.needed())
                .put("slotsMissing", server.missing());
    }

    private static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }
}
