package io.exitpool.connect.dns.decision;

/**
 * One slot of one exit server.
 *
 * @param server the exit server
 * @param slot the slot's id, never given to other addresses
 */
public record SlotKey(String server, int slot) {}
