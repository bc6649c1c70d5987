package io.exitpool.operator.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.Released;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One decision as a line. It names the slot, and who had it never: a session beside an address or a
 * slot is a connection log. Only {@code leases}, which an operator has to ask for by a name that
 * says what it is, adds both.
 */
record DecisionLine(String server, long timestamp, Decision decision, boolean leases) {

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("time", Instant.ofEpochMilli(timestamp).toString());
        json.put("server", server);
        fields().forEach((name, value) -> json.putPOJO(name, value));
        return json.toString();
    }

    String text() {
        StringBuilder line = new StringBuilder();
        line.append(Instant.ofEpochMilli(timestamp)).append(' ').append(server);
        Map<String, Object> fields = fields();
        line.append(' ').append(fields.remove("outcome"));
        fields.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        if (decision.getOutcome() instanceof Granted granted) {
            fields.put("outcome", granted.getRepeated() ? "GRANTED_AGAIN" : "GRANTED");
            fields.put("choice", granted.getChoice().name());
            fields.put("rung", granted.getRung().name());
            fields.put("slot", granted.getSlot());
            fields.put("load", granted.getLoadAfter());
            fields.put("attempt", granted.getAttempt());
            if (granted.getGapMillis() != null) {
                fields.put("gapMillis", granted.getGapMillis());
            }
            if (leases) {
                address(fields, "v4", bytes(granted.getV4()));
                address(fields, "v6", bytes(granted.getV6()));
            }
        } else if (decision.getOutcome() instanceof Rejected rejected) {
            fields.put("outcome", "REJECTED");
            fields.put("cause", rejected.getCause().name());
            fields.put("retryAfterMillis", rejected.getRetryAfterMillis());
            fields.put("attempt", rejected.getAttempt());
        } else if (decision.getOutcome() instanceof Released released) {
            fields.put("outcome", "RELEASED");
            fields.put("cause", released.getCause().name());
            fields.put("slot", released.getSlot());
            fields.put("load", released.getLoadAfter());
        }
        if (leases) {
            fields.put("session", HexFormat.of().formatHex(decision.getSession().bytes()));
        }
        return fields;
    }

    private static byte[] bytes(Ipv4 address) {
        return address == null ? null : address.bytes();
    }

    private static byte[] bytes(Ipv6 address) {
        return address == null ? null : address.bytes();
    }

    private static void address(Map<String, Object> fields, String name, byte[] address) {
        if (address == null) {
            return;
        }
        try {
            fields.put(name, InetAddress.getByAddress(address).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
