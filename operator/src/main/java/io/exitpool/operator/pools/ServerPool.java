package io.exitpool.operator.pools;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One server of a pools file: its slots in the order written, and its settings with the file's
 * defaults filled in.
 *
 * @param nextSlotId the lowest id that was never given to a slot of this server, when the file says
 *     so; an exported file does, so that a lost configuration comes back with the same ids
 * @param country overrides the country in the server's name, for statistics
 * @param city overrides the city in the server's name, for statistics
 */
public record ServerPool(
        List<WantedSlot> slots,
        PoolSettings settings,
        OptionalInt nextSlotId,
        Optional<String> country,
        Optional<String> city) {

    /** A slot that the file asks for; its id only where the file names one. */
    record WantedSlot(OptionalInt id, SlotAddresses addresses) {}

    public ServerPool {
        slots = List.copyOf(slots);
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(nextSlotId, "nextSlotId");
        Objects.requireNonNull(country, "country");
        Objects.requireNonNull(city, "city");
    }

    ServerPool with(PoolSettings other) {
        return new ServerPool(slots, other, nextSlotId, country, city);
    }
}
