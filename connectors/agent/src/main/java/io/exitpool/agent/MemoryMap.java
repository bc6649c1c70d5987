package io.exitpool.agent;

import io.exitpool.agent.protocol.ExitMap;
import io.exitpool.agent.protocol.Peer;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import java.util.HashMap;
import java.util.Map;

/** An exit map that exists in this process only: decisions are followed, no packet is touched. */
final class MemoryMap implements ExitMap {
    private final Map<Peer, Integer> slots = new HashMap<>();

    @Override
    public void apply(Peer tunnel, int slot, Ipv4 v4, Ipv6 v6) {
        slots.put(tunnel, slot);
    }

    @Override
    public void remove(Peer tunnel) {
        slots.remove(tunnel);
    }

    int size() {
        return slots.size();
    }
}
