package io.exitpool.operator.pools;

import io.exitpool.operator.command.KafkaCommand;

/** How a command that writes configurations ended. */
public enum Outcome {
    /** All is as it should be; nothing was written. */
    UNCHANGED(KafkaCommand.OK),
    /** Nothing was written because nothing was to be: it was shown what would be. */
    SHOWN(KafkaCommand.OK),
    /** Written, and taken up by the allocation. */
    APPLIED(KafkaCommand.OK),
    /** Written. The allocation takes it up when it runs; or nobody was to wait for it. */
    STORED(KafkaCommand.OK),
    /** What could be written is; the rest waits for addresses to become free. */
    PENDING(KafkaCommand.PENDING),
    /** Nothing was written: what was asked for cannot be. */
    REFUSED(KafkaCommand.FAILED),
    /** Another change came first. */
    OVERTAKEN(KafkaCommand.FAILED),
    /** Written, and the allocation runs without taking it up. */
    NOT_TAKEN_UP(KafkaCommand.FAILED);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The command's exit code. */
    public int exitCode() {
        return exitCode;
    }
}
