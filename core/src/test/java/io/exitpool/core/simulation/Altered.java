package io.exitpool.core.simulation;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.SetAside;
import java.util.List;
import java.util.OptionalLong;

/** Copies of what pools are told and say, with this or that not as it was. */
final class Altered {
    private Altered() {}

    static Decision with(Decision told, OptionalLong seq, Outcome outcome) {
        return new Decision(
                told.session(), told.number(), told.epoch(), seq, told.configVersion(), outcome);
    }

    static Rung regular(Rung rung) {
        return rung == Rung.REST_SHORTENED ? Rung.REGULAR : rung;
    }

    static OptionalLong shorter(OptionalLong gap) {
        return gap.isPresent() ? OptionalLong.of(gap.getAsLong() - 1) : gap;
    }

    static Granted with(Granted g, int slot, Rung rung, OptionalLong gap) {
        return new Granted(
                slot,
                g.addresses(),
                g.choice(),
                rung,
                gap,
                g.loadAfter(),
                g.attempt(),
                g.repeated());
    }

    static PoolStatus oneMoreFree(PoolStatus s) {
        return with(s, s.free() + 1, s.resting() - 1, s.cap(), s.minRestMillis(), s.draining());
    }

    static PoolStatus with(
            PoolStatus s, int free, int resting, int cap, long minRest, boolean draining) {
        return new PoolStatus(
                s.watermark(),
                s.decisions(),
                s.epoch(),
                s.configVersion(),
                s.synced(),
                s.lastSnapshotAt(),
                s.silentMillis(),
                s.failed(),
                s.slots(),
                free,
                resting,
                s.inUse(),
                s.setAside(),
                s.sessions(),
                s.loads(),
                cap,
                minRest,
                s.targets(),
                draining,
                s.retiring(),
                s.slotMap(),
                s.counters());
    }

    static PoolConfig with(
            PoolConfig c, int cap, long minRest, Ladder ladder, List<SetAside> setAside) {
        return new PoolConfig(
                c.version(),
                c.slots(),
                cap,
                minRest,
                c.placement(),
                ladder,
                c.maxRestingShare(),
                c.leaseTtlMillis(),
                c.draining(),
                setAside,
                c.order(),
                c.targets());
    }

    static PoolConfig with(PoolConfig c, PlacementPolicy placement, long ttl, boolean draining) {
        return new PoolConfig(
                c.version(),
                c.slots(),
                c.cap(),
                c.minRestMillis(),
                placement,
                c.ladder(),
                c.maxRestingShare(),
                ttl,
                draining,
                c.setAside(),
                c.order(),
                c.targets());
    }
}
