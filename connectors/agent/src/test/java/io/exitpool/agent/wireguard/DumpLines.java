package io.exitpool.agent.wireguard;

import java.util.ArrayList;
import java.util.List;

/** Dumps made by hand: peers "a", "b" ... with a handshake and counters. */
final class DumpLines {
    private static final String INTERFACE = key('i') + "\t" + key('j') + "\t51820\toff";

    private final List<String> lines = new ArrayList<>(List.of(INTERFACE));

    static String key(char name) {
        return String.valueOf(name).repeat(43) + "=";
    }

    DumpLines peer(char name, long handshake, long received, long sent) {
        return peer(name, "192.0.2.1:1000", handshake, received, sent);
    }

    DumpLines peer(char name, String endpoint, long handshake, long received, long sent) {
        lines.add(
                String.join(
                        "\t",
                        key(name),
                        "(none)",
                        endpoint,
                        "10.66.0.2/32",
                        String.valueOf(handshake),
                        String.valueOf(received),
                        String.valueOf(sent),
                        "off"));
        return this;
    }

    Dump dump() {
        return Dump.parse(lines);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
