package io.exitpool.bench.memory;

import io.exitpool.bench.leases.LeasePlan;
import java.util.Map;

/**
 * One shape of a fleet, with or without the insight.
 *
 * @param empty an instance without a pool
 * @param full the same instance with all pools filled
 */
record MemoryResult(LeasePlan plan, String parts, MemorySample empty, MemorySample full) {

    /** What a slot adds to the process, its share of a lease included. */
    double residentBytesPerSlot() {
        return (double) (full.resident() - empty.resident()) / plan.fleet().slots();
    }

    /** What a lease adds to the heap, its share of a slot included. */
    double heapBytesPerLease() {
        return (double) (full.heap() - empty.heap()) / plan.leases();
    }

    Map<String, Object> report() {
        return Map.of(
                "servers", plan.servers().size(),
                "slots", plan.fleet().slots(),
                "leases", plan.leases(),
                "parts", parts,
                "empty", empty.report(),
                "full", full.report(),
                "residentBytesPerSlot", residentBytesPerSlot(),
                "residentBytesPerLease",
                        (double) (full.resident() - empty.resident()) / plan.leases(),
                "heapBytesPerSlot", (double) (full.heap() - empty.heap()) / plan.fleet().slots(),
                "heapBytesPerLease", heapBytesPerLease());
    }
}
