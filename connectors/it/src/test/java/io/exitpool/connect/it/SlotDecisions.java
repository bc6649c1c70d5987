package io.exitpool.connect.it;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SlotRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** Decisions on slots, with what matters to their addresses' names. */
final class SlotDecisions {

    private SlotDecisions() {}

    /** A grant; an address may be null. */
    static Decision granted(int slot, String v4, String v6) {
        return decision(
                Granted.newBuilder()
                        .setSlot(slot)
                        .setV4(v4 == null ? null : new Ipv4(bytes(v4)))
                        .setV6(v6 == null ? null : new Ipv6(bytes(v6)))
                        .setChoice(Choice.PLACED)
                        .setRung(Rung.REGULAR)
                        .setLoadAfter(1)
                        .build());
    }

    /** The release of the only session on a slot. */
    static Decision released(int slot) {
        return decision(
                Released.newBuilder()
                        .setSlot(slot)
                        .setCause(ReleaseCause.ENDED)
                        .setGrantedAt(1_760_000_000L)
                        .setLoadAfter(0)
                        .build());
    }

    /** A pool of consecutive IPv4 addresses. */
    static PoolConfig pool(int slots, String firstV4) {
        return PoolConfig.newBuilder()
                .setVersion(1)
                .setNextSlotId(slots)
                .setSlots(
                        List.of(
                                SlotRange.newBuilder()
                                        .setFirstId(0)
                                        .setCount(slots)
                                        .setFirstV4(new Ipv4(bytes(firstV4)))
                                        .build()))
                .build();
    }

    private static Decision decision(Object outcome) {
        return Decision.newBuilder()
                .setSession(new SessionId(ByteBuffer.allocate(16).putLong(8, 7).array()))
                .setOutcome(outcome)
                .build();
    }

    /** The literal's bytes; a host name would be a mistake in the test. */
    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
