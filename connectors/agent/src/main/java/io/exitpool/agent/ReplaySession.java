package io.exitpool.agent;

import io.exitpool.agent.wireguard.DownReason;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rung;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One session of a replay: when it was, and what it got.
 *
 * @param peer the peer's number, from 1, in the order of the capture's first dump
 * @param startSecond seconds since the capture's first dump
 * @param endSecond the same; empty when it still lived at the end of the capture
 * @param reason why it ended
 * @param lease what it had last
 * @param rejection the last rejection, when there was one
 */
public record ReplaySession(
        int peer,
        long startSecond,
        OptionalLong endSecond,
        Optional<DownReason> reason,
        Optional<Lease> lease,
        Optional<RejectCause> rejection) {

    /** A slot with its addresses as text. */
    public record Lease(
            int slot, Optional<String> v4, Optional<String> v6, Choice choice, Rung rung) {}
}
