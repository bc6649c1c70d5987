package io.exitpool.bench.floor;

import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.RowCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows and decisions as Exitpool encodes them today, so that a floor writes as many bytes; and
 * where in an event its session is.
 *
 * @param startTail how far before a start's end its session begins, in bytes
 * @param endTail the same of an end
 */
record Samples(
        byte[] leaseRow,
        byte[] slotRow,
        byte[] poolRow,
        byte[] granted,
        byte[] released,
        int startTail,
        int endTail) {

    private static final int SESSION_BYTES = 16;
    private static final int V4_BYTES = 4;

    /** A decision's first field comes behind the wire format's magic byte and schema id. */
    private static final int SESSION_OF_DECISION = 5;

    /** A session's number in a life of a few thousand events, in the middle of a pool. */
    private static final long SEQ = 5_000;

    private static final int SLOT = 30;
    private static final long REST_MILLIS = 5_000;
    private static final long LAG_MILLIS = 20_000;

    static Samples encode(Wire wire) {
        long millis = System.currentTimeMillis();
        long micros = millis * 1_000;
        RowCodec rows = new RowCodec(new KeptSchemas());
        return new Samples(
                rows.encode(new LeaseRow(SLOT, micros, SEQ, millis / 1_000, micros)),
                rows.encode(new SlotRow(millis, true, micros, SEQ, micros)),
                rows.encode(aPool(millis, micros)),
                decision(wire, micros, aGrant()),
                decision(wire, micros, aRelease(millis)),
                tail(wire, micros, new SessionStarted(session(), null, null, 0)),
                tail(wire, micros, new SessionEnded(session(), EndReason.SILENT)));
    }

    /** The answer to a start. */
    byte[] granted(byte[] start) {
        return answer(granted, start, startTail);
    }

    /** The answer to an end. */
    byte[] released(byte[] end) {
        return answer(released, end, endTail);
    }

    /** A copy that names the event's session, so that whoever sent the event knows its answer. */
    private static byte[] answer(byte[] sample, byte[] event, int tail) {
        byte[] answer = sample.clone();
        System.arraycopy(event, event.length - tail, answer, SESSION_OF_DECISION, SESSION_BYTES);
        return answer;
    }

    private static PoolRow aPool(long millis, long micros) {
        return new PoolRow(
                OptionalLong.of(micros),
                SEQ,
                micros,
                true,
                REST_MILLIS,
                OptionalLong.of(millis),
                false,
                List.of(),
                Optional.empty(),
                PoolCounters.ZERO);
    }

    private static Granted aGrant() {
        return new Granted(
                SLOT,
                new Ipv4(new byte[V4_BYTES]),
                new Ipv6(new byte[SESSION_BYTES]),
                Choice.PLACED,
                Rung.REGULAR,
                REST_MILLIS,
                1,
                0,
                false);
    }

    private static Released aRelease(long millis) {
        return new Released(SLOT, ReleaseCause.ENDED, millis / 1_000, 0);
    }

    private static byte[] decision(Wire wire, long micros, Object outcome) {
        return wire.serde(Topics.DECISIONS)
                .serializer()
                .serialize(
                        Topics.DECISIONS.name(),
                        new Decision(session(), micros, micros, SEQ, 1L, LAG_MILLIS, outcome));
    }

    private static int tail(Wire wire, long micros, Object body) {
        byte[] event =
                wire.serde(Topics.SESSION_EVENTS)
                        .serializer()
                        .serialize(
                                Topics.SESSION_EVENTS.name(),
                                new SessionEvent(new AgentEvent(micros, SEQ, 0L, body)));
        byte[] session = session().bytes();
        for (int from = event.length - SESSION_BYTES; from >= 0; from--) {
            if (Arrays.equals(event, from, from + SESSION_BYTES, session, 0, SESSION_BYTES)) {
                return event.length - from;
            }
        }
        throw new IllegalStateException("an event does not carry its session as it is");
    }

    /** Bytes that nothing else in an event looks like. */
    private static SessionId session() {
        byte[] bytes = new byte[SESSION_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x55 ^ i * 7);
        }
        return new SessionId(bytes);
    }
}
