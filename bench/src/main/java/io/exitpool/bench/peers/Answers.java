package io.exitpool.bench.peers;

/** Hears what a peer answered, in the order in which each server's steps were asked. */
@FunctionalInterface
interface Answers {

    /** The slot that was granted or released, from 0, or {@link #NONE}. */
    void answered(Step step, int slot);

    /** No slot was eligible, or the session had none: what a peer's wire says, nothing else. */
    int NONE = -1;
}
