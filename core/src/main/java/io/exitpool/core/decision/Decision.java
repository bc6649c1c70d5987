package io.exitpool.core.decision;

import io.exitpool.core.event.SessionId;
import java.util.OptionalLong;

/**
 * What became of one session.
 *
 * @param number one above that of the server's decision before; none when the server has no pool
 * @param epoch the server's current epoch; empty when none is known
 * @param seq seq of the event that this answers; empty when time or an operator decided
 * @param configVersion version of the configuration in force; empty when the server has none
 */
public record Decision(
        SessionId session,
        OptionalLong number,
        OptionalLong epoch,
        OptionalLong seq,
        OptionalLong configVersion,
        Outcome outcome) {}
