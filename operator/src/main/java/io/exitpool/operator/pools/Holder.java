package io.exitpool.operator.pools;

/**
 * Who may still use an address that somebody else is to get.
 *
 * @param server the holder
 * @param slot its slot there
 * @param why a clause for the operator that says what has to happen first
 */
public record Holder(String server, int slot, String why) {}
