package io.exitpool.operator.pools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.schemas.SlotRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes along with every record of a configuration, in its header {@value #HEADER}: the slots
 * that left the configuration and may still be in use, and what must outlive a tombstone. The topic
 * is compacted, so that no earlier record tells which address a retiring slot has; without the note
 * an address could be given to a second server while a session still uses it on the first. Only
 * these commands read it.
 *
 * @param since the first version since the server was last removed, or ever
 * @param takenUp of a tombstone: the allocation had taken up one of the versions that it removes,
 *     so that there is a status until the pool is gone
 */
record FormerNote(
        long version, int nextSlotId, long since, boolean takenUp, List<FormerSlots> former) {

    static final String HEADER = "exitpool-former-slots";

    private static final ObjectMapper JSON = new ObjectMapper();

    FormerNote {
        former = List.copyOf(former);
    }

    byte[] toBytes() {
        ObjectNode note = JSON.createObjectNode();
        note.put("version", version).put("nextSlotId", nextSlotId);
        note.put("since", since).put("takenUp", takenUp);
        ArrayNode slots = note.putArray("slots");
        for (FormerSlots gone : former) {
            SlotAddresses first = SlotAddresses.firstOf(gone.range());
            ObjectNode slot = slots.addObject();
            slot.put("firstId", gone.range().getFirstId());
            slot.put("count", gone.range().getCount());
            first.v4().ifPresent(address -> slot.put("firstV4", address.toString()));
            first.v6().ifPresent(address -> slot.put("firstV6", address.toString()));
            slot.put("lastVersion", gone.lastVersion());
        }
        try {
            return JSON.writeValueAsBytes(note);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the header " + HEADER, e);
        }
    }

    /** The note that these bytes are; empty if they are none. */
    static Optional<FormerNote> of(byte[] bytes) {
        try {
            JsonNode note = JSON.readTree(bytes);
            List<FormerSlots> former = new ArrayList<>();
            for (JsonNode slot : note.required("slots")) {
                former.add(new FormerSlots(range(slot), slot.required("lastVersion").longValue()));
            }
            return Optional.of(
                    new FormerNote(
                            note.required("version").longValue(),
                            note.required("nextSlotId").intValue(),
                            note.required("since").longValue(),
                            note.required("takenUp").booleanValue(),
                            former));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SlotRange range(JsonNode slot) {
        return SlotRange.newBuilder()
                .setFirstId(slot.required("firstId").intValue())
                .setCount(slot.required("count").intValue())
                .setFirstV4(address(slot, "firstV4").map(Address::toIpv4).orElse(null))
                .setFirstV6(address(slot, "firstV6").map(Address::toIpv6).orElse(null))
                .build();
    }

    private static Optional<Address> address(JsonNode slot, String field) {
        return Optional.ofNullable(slot.get(field)).map(JsonNode::textValue).map(Address::parse);
    }
}
