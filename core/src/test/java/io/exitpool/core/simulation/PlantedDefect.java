package io.exitpool.core.simulation;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.PassingSink;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Pools that are broken in one way each. */
enum PlantedDefect {
    TELLS_ANOTHER_SLOT(grants(g -> Altered.with(g, g.slot() ^ 1, g.rung(), g.gapMillis()))),
    MISNAMES_A_SHORTENED_REST(
            grants(g -> Altered.with(g, g.slot(), Altered.regular(g.rung()), g.gapMillis()))),
    TELLS_A_WRONG_GAP(
            grants(g -> Altered.with(g, g.slot(), g.rung(), Altered.shorter(g.gapMillis())))),
    DOES_NOT_TELL_OF_SOME_RELEASES(
            sink(
                    next ->
                            new Forgetful(next) {
                                @Override
                                public void decision(String server, Decision decision) {
                                    if (!(decision.outcome() instanceof Released) || !forgets()) {
                                        super.decision(server, decision);
                                    }
                                }
                            })),
    FORGETS_LEASE_ROWS(
            sink(
                    next ->
                            new Forgetful(next) {
                                @Override
                                public void lease(
                                        String server,
                                        SessionId id,
                                        int slot,
                                        long epoch,
                                        long seq,
                                        long grantedAt,
                                        long decided) {
                                    if (!forgets()) {
                                        super.lease(
                                                server, id, slot, epoch, seq, grantedAt, decided);
                                    }
                                }
                            })),
    LEAVES_LEASE_ROWS_BEHIND(
            sink(
                    next ->
                            new Forgetful(next) {
                                @Override
                                public void leaseGone(String server, SessionId session) {
                                    if (!forgets()) {
                                        super.leaseGone(server, session);
                                    }
                                }
                            })),
    FORGETS_WHEN_SLOTS_EMPTIED(
            sink(
                    next ->
                            new Forgetful(next) {
                                @Override
                                public void slot(
                                        String server,
                                        int slot,
                                        long releasedAt,
                                        boolean reported,
                                        long epoch,
                                        long seq,
                                        long decided) {
                                    if (!forgets()) {
                                        super.slot(
                                                server,
                                                slot,
                                                releasedAt,
                                                reported,
                                                epoch,
                                                seq,
                                                decided);
                                    }
                                }
                            })),
    REUSES_NUMBERS_AFTER_A_RELOAD(
            sink(
                    next ->
                            new PassingSink(next) {
                                @Override
                                public void lease(
                                        String server,
                                        SessionId id,
                                        int slot,
                                        long epoch,
                                        long seq,
                                        long grantedAt,
                                        long decided) {
                                    super.lease(server, id, slot, epoch, seq, grantedAt, 0);
                                }
                            })),
    FORGETS_WHAT_IT_HEARD_LAST(
            sink(
                    next ->
                            new Forgetful(next) {
                                @Override
                                public void pool(String server, PoolRow row) {
                                    if (!forgets()) {
                                        super.pool(server, row);
                                    }
                                }
                            })),
    MISCOUNTS_FREE_SLOTS(
            sink(
                    next ->
                            new PassingSink(next) {
                                @Override
                                public void status(String server, PoolStatus status) {
                                    super.status(server, Altered.oneMoreFree(status));
                                }
                            })),
    IGNORES_REST(config(c -> Altered.with(c, c.cap(), 0, c.ladder(), c.setAside()))),
    GRANTS_BEYOND_CAP(
            config(
                    c ->
                            Altered.with(
                                    c,
                                    c.cap() + 1,
                                    c.minRestMillis(),
                                    new Ladder(
                                            c.ladder().shortenRestToMillis(), OptionalInt.empty()),
                                    c.setAside()))),
    GRANTS_WHAT_IS_SET_ASIDE(
            config(c -> Altered.with(c, c.cap(), c.minRestMillis(), c.ladder(), List.of()))),
    SKIPS_THE_LADDER(
            config(c -> Altered.with(c, c.cap(), c.minRestMillis(), Ladder.NONE, c.setAside()))),
    PLACES_AS_IT_LIKES(
            config(
                    c ->
                            Altered.with(
                                    c,
                                    PlacementPolicy.UNIFORM_RANDOM,
                                    c.leaseTtlMillis(),
                                    c.draining()))),
    NEVER_EXPIRES(config(c -> Altered.with(c, c.placement(), 1L << 50, c.draining()))),
    TAKES_SESSIONS_WHILE_DRAINING(
            config(c -> Altered.with(c, c.placement(), c.leaseTtlMillis(), false))),
    TAKES_WAITING_FOR_SILENCE(
            new Defect() {
                @Override
                public AllocationSettings settings(AllocationSettings meant) {
                    return new AllocationSettings(
                            1L << 50,
                            meant.statusEveryMillis(),
                            meant.maxEpochAheadMillis(),
                            meant.maxClockSkewMillis(),
                            meant.minRetryAfterMillis(),
                            meant.maxRetryAfterMillis(),
                            meant.failFast());
                }
            }),
    HEARS_COPIES(
            new Defect() {
                private final Map<String, Long> last = new HashMap<>();
                private long meantSeq;

                @Override
                public AgentEvent event(String server, AgentEvent meant) {
                    String life = server + meant.epoch();
                    long seq = Math.max(meant.seq(), last.getOrDefault(life, 0L) + 1);
                    last.put(life, seq);
                    meantSeq = meant.seq();
                    return new AgentEvent(meant.epoch(), seq, meant.occurredAt(), meant.body());
                }

                @Override
                public Sink sink(Sink sound) {
                    return new PassingSink(sound) {
                        @Override
                        public void decision(String server, Decision told) {
                            OptionalLong seq =
                                    told.seq().isPresent() ? OptionalLong.of(meantSeq) : told.seq();
                            super.decision(server, Altered.with(told, seq, told.outcome()));
                        }
                    };
                }
            }),
    HEARS_OLDER_EPOCHS(
            new Defect() {
                private final Map<String, AgentEvent> newest = new HashMap<>();

                @Override
                public AgentEvent event(String server, AgentEvent meant) {
                    AgentEvent last = newest.getOrDefault(server, meant);
                    if (meant.epoch() >= last.epoch()) {
                        newest.put(server, meant);
                        return meant;
                    }
                    return new AgentEvent(
                            last.epoch(), last.seq() + 1, meant.occurredAt(), meant.body());
                }
            }),
    IGNORES_WISHES(
            bodies(
                    start -> withoutWish(start),
                    entry -> new SnapshotEntry(entry.session(), entry.held(), none()))),
    MOVES_LIVE_SESSIONS(
            bodies(
                    start -> start,
                    entry -> new SnapshotEntry(entry.session(), none(), entry.wanted())));

    final Defect defect;

    PlantedDefect(Defect defect) {
        this.defect = defect;
    }

    /** Forgets one in twenty. */
    private static class Forgetful extends PassingSink {
        private int asked;

        Forgetful(Sink next) {
            super(next);
        }

        boolean forgets() {
            return ++asked % 20 == 0;
        }
    }

    private static Defect sink(UnaryOperator<Sink> broken) {
        return new Defect() {
            @Override
            public Sink sink(Sink sound) {
                return broken.apply(sound);
            }
        };
    }

    private static Defect grants(UnaryOperator<Granted> broken) {
        return sink(
                next ->
                        new PassingSink(next) {
                            @Override
                            public void decision(String server, Decision told) {
                                Outcome outcome = told.outcome();
                                if (outcome instanceof Granted granted) {
                                    outcome = broken.apply(granted);
                                }
                                super.decision(server, Altered.with(told, told.seq(), outcome));
                            }
                        });
    }

    private static Defect config(UnaryOperator<PoolConfig> broken) {
        return new Defect() {
            @Override
            public PoolConfig config(PoolConfig meant) {
                return broken.apply(meant);
            }
        };
    }

    private static Defect bodies(
            UnaryOperator<SessionStarted> starts, UnaryOperator<SnapshotEntry> entries) {
        return new Defect() {
            @Override
            public AgentEvent event(String server, AgentEvent meant) {
                EventBody body = meant.body();
                if (body instanceof SessionStarted start) {
                    body = starts.apply(start);
                } else if (body instanceof SnapshotPart part) {
                    body =
                            new SnapshotPart(
                                    part.snapshot(),
                                    part.part(),
                                    part.parts(),
                                    part.entries().stream().map(entries).toList());
                }
                return new AgentEvent(meant.epoch(), meant.seq(), meant.occurredAt(), body);
            }
        };
    }

    private static SessionStarted withoutWish(SessionStarted start) {
        return new SessionStarted(start.session(), start.held(), none(), start.attempt());
    }

    private static OptionalInt none() {
        return OptionalInt.empty();
    }
}
