package io.exitpool.bench.latency;

/** Who answers. */
enum Variant {
    /** A plain transactional loop of Kafka's clients. */
    LOOP("loop"),
    /** Kafka Streams that writes the same rows without any logic. */
    FLOOR_B("floor B"),
    /** Exitpool's allocation alone. */
    ALLOCATION("allocation"),
    /** Allocation and insight. */
    WITH_INSIGHT("with insight");

    private final String label;

    Variant(String label) {
        this.label = label;
    }

    /** As tables and JSON name it. */
    String label() {
        return label;
    }

    boolean isFloor() {
        return this == LOOP || this == FLOOR_B;
    }
}
