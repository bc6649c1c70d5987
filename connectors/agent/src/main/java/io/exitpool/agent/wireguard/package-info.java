/**
 * From {@code wg show IF dump} to sessions. WireGuard has no connect and no disconnect, so {@link
 * io.exitpool.agent.wireguard.SessionDetector} tells them from handshakes and counters. Keys,
 * tunnel addresses and endpoints are read here and go no further: outward a peer is a {@link
 * io.exitpool.agent.wireguard.PeerRef}, an object with a number.
 */
package io.exitpool.agent.wireguard;
