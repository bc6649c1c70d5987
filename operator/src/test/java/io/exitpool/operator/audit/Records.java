package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SetAsideCause;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.Tick;
import java.nio.ByteBuffer;
import java.util.List;

/** Records of all kinds in few words. */
final class Records {

    private Records() {}

    static SessionId session(long number) {
        return new SessionId(ByteBuffer.allocate(16).putLong(0x5e55_1000L).putLong(number).array());
    }

    static long number(SessionId session) {
        return ByteBuffer.wrap(session.bytes()).getLong(8);
    }

    static SessionEvent tick(int partition) {
        return new SessionEvent(new Tick(partition));
    }

    static SessionEvent event(long epoch, long seq, long millis, Object body) {
        return new SessionEvent(new AgentEvent(epoch, seq, millis / 1_000, body));
    }

    static SessionStarted start(long session, Integer held, Integer wanted, int attempt) {
        return new SessionStarted(session(session), held, wanted, attempt);
    }

    static SessionEnded end(long session) {
        return new SessionEnded(session(session), EndReason.SILENT);
    }

    static ServerStarted serverStarted() {
        return new ServerStarted();
    }

    static SnapshotPart part(long snapshot, int part, int parts, List<SnapshotEntry> entries) {
        return new SnapshotPart(snapshot, part, parts, entries);
    }

    static SnapshotEntry entry(long session, Integer held) {
        return new SnapshotEntry(session(session), held, null);
    }

    /** Slots from 0 with addresses from this last byte on, exclusive, resting for a minute. */
    static PoolConfig config(long version, int slots, int firstAddress) {
        return PoolConfig.newBuilder()
                .setVersion(version)
                .setSlots(List.of(range(0, slots, firstAddress)))
                .setNextSlotId(slots)
                .setCap(1)
                .setMinRestMillis(60_000)
                .setPlacement(Placement.UNIFORM_RANDOM)
                .setLadder(new Ladder(null, null))
                .setMaxRestingShare(1.0)
                .setLeaseTtlMillis(120_000)
                .setTargetBlocking(0.001)
                .setDraining(false)
                .setSetAside(List.of())
                .setOrder(null)
                .setCountry(null)
                .setCity(null)
                .build();
    }

    static PoolConfig copy(PoolConfig config, long version) {
        return PoolConfig.newBuilder(config).setVersion(version).setOrder(null).build();
    }

    static SlotRange range(int firstId, int count, int firstAddress) {
        return new SlotRange(firstId, count, v4(firstAddress), v6(firstAddress));
    }

    static SetAside setAside(int slot) {
        return new SetAside(slot, SetAsideCause.REPUTATION, "blocked somewhere");
    }

    static Ipv4 v4(int last) {
        return new Ipv4(new byte[] {(byte) 192, 0, 2, (byte) last});
    }

    static Ipv6 v6(int last) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[1] = 0x01;
        bytes[2] = 0x0d;
        bytes[3] = (byte) 0xb8;
        bytes[15] = (byte) last;
        return new Ipv6(bytes);
    }

    static Granted granted(int slot, int address, Choice choice, Rung rung, Long gap, int load) {
        return new Granted(slot, v4(address), v6(address), choice, rung, gap, load, 0, false);
    }

    static Granted again(Granted granted) {
        return Granted.newBuilder(granted)
                .setRepeated(true)
                .setChoice(Choice.PLACED)
                .setRung(Rung.REGULAR)
                .setGapMillis(null)
                .build();
    }

    static Rejected rejected(RejectCause cause, int attempt) {
        return new Rejected(cause, 1_000L, attempt);
    }

    static Released released(int slot, ReleaseCause cause, long grantedAtMillis, int load) {
        return new Released(slot, cause, grantedAtMillis / 1_000, load);
    }

    static Decision decision(
            long session, Long number, Long epoch, Long seq, Long version, Object outcome) {
        return new Decision(session(session), number, epoch, seq, version, null, outcome);
    }
}
