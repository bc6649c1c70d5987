package io.exitpool.agent.wireguard;

/** A line that is not WireGuard's. The message names its number and never repeats what it says. */
public final class DumpFormatException extends RuntimeException {
    DumpFormatException(int line, String problem) {
        super("line " + line + ": " + problem);
    }
}
