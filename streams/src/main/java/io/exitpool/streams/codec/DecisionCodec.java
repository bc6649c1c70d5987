package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Decisions, as they are written. */
public final class DecisionCodec {
    private static final int SESSION_BYTES = 16;

    private DecisionCodec() {}

    /**
     * @param lagMillis how long the event that it answers had waited; none if nobody can say
     */
    public static io.exitpool.schemas.Decision encode(Decision decision, OptionalLong lagMillis) {
        return new io.exitpool.schemas.Decision(
                session(decision.session()),
                orNull(decision.number()),
                orNull(decision.epoch()),
                orNull(decision.seq()),
                orNull(decision.configVersion()),
                orNull(lagMillis),
                decision.outcome()
                        .<Object>match(
                                DecisionCodec::granted,
                                DecisionCodec::rejected,
                                DecisionCodec::released));
    }

    private static io.exitpool.schemas.Granted granted(Granted granted) {
        Addresses addresses = granted.addresses();
        return new io.exitpool.schemas.Granted(
                granted.slot(),
                addresses.hasV4() ? new Ipv4(AddressCodec.v4(addresses)) : null,
                addresses.hasV6() ? new Ipv6(AddressCodec.v6(addresses)) : null,
                Choice.valueOf(granted.choice().name()),
                Rung.valueOf(granted.rung().name()),
                orNull(granted.gapMillis()),
                granted.loadAfter(),
                granted.attempt(),
                granted.repeated());
    }

    private static io.exitpool.schemas.Rejected rejected(Rejected rejected) {
        return new io.exitpool.schemas.Rejected(
                RejectCause.valueOf(rejected.cause().name()),
                rejected.retryAfterMillis(),
                rejected.attempt());
    }

    private static io.exitpool.schemas.Released released(Released released) {
        return new io.exitpool.schemas.Released(
                released.slot(),
                ReleaseCause.valueOf(released.cause().name()),
                released.grantedAt(),
                released.loadAfter());
    }

    private static io.exitpool.schemas.SessionId session(SessionId id) {
        return new io.exitpool.schemas.SessionId(
                ByteBuffer.allocate(SESSION_BYTES).putLong(id.high()).putLong(id.low()).array());
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
