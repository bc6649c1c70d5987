package io.exitpool.bench.peers;

/** What an answered event survives, told beside every figure: nobody may win by promising less. */
enum Durability {
    /** Synchronised to the disk before it is answered. */
    DISK("disk", "a power failure"),
    /** Handed to the kernel before it is answered; the disk gets it later. */
    KERNEL("page cache", "the death of every process, not a power failure of the only machine"),
    /** Answered first. */
    MEMORY("no", "nothing: the last moments are lost with the process");

    private final String label;
    private final String survives;

    Durability(String label, String survives) {
        this.label = label;
        this.survives = survives;
    }

    String label() {
        return label;
    }

    String survives() {
        return survives;
    }
}
