package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One way to break a promise in a history that keeps them all. */
enum Mutation {
    LOSE_RELEASE(ViolationKind.OUTLIVED_LEASE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return isReleased(logs, partition, index, ReleaseCause.ENDED)
                    && logs.decisions(partition).remove(index) != null;
        }
    },
    LOSE_ANSWER(ViolationKind.START_WITHOUT_DECISION) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return !(outcome(logs, partition, index) instanceof Released)
                    && isToStart(logs, partition, index)
                    && logs.decisions(partition).remove(index) != null;
        }
    },
    GRANT_TWICE(ViolationKind.GRANTED_TWICE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return granted(logs, partition, index) != null && twice(logs, partition, index);
        }
    },
    RELEASE_TWICE(ViolationKind.RELEASE_WITHOUT_LEASE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return outcome(logs, partition, index) instanceof Released
                    && twice(logs, partition, index);
        }
    },
    GRANT_UNKNOWN_SLOT(ViolationKind.SLOT_OUTSIDE_CONFIG) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return regrant(logs, partition, index, Choice.PLACED, g -> with(g).setSlot(77).build());
        }
    },
    GRANT_OTHER_ADDRESS(ViolationKind.SLOT_OUTSIDE_CONFIG) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return regrant(
                    logs,
                    partition,
                    index,
                    Choice.PLACED,
                    g -> with(g).setV4(Records.v4(250)).build());
        }
    },
    PRETEND_ADOPTION(ViolationKind.CHOICE_NOT_ASKED) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return isToStart(logs, partition, index)
                    && regrant(
                            logs,
                            partition,
                            index,
                            Choice.PLACED,
                            g -> with(g).setChoice(Choice.ADOPTED).build());
        }
    },
    HIDE_SHARING(ViolationKind.OVER_CAP) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            Granted granted = granted(logs, partition, index);
            return granted != null
                    && granted.getRung() == Rung.SHARED
                    && regrant(
                            logs,
                            partition,
                            index,
                            Choice.PLACED,
                            g -> with(g).setRung(Rung.REGULAR).build());
        }
    },
    HIDE_SHORT_REST(ViolationKind.STILL_RESTING) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            Granted granted = granted(logs, partition, index);
            return granted != null
                    && granted.getRung() == Rung.REST_SHORTENED
                    && isReleasedUnderSameConfig(logs, partition, index)
                    && regrant(
                            logs,
                            partition,
                            index,
                            Choice.PLACED,
                            g -> with(g).setRung(Rung.REGULAR).build());
        }
    },
    SET_ASIDE_AFTERWARDS(ViolationKind.SLOT_SET_ASIDE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            Granted granted = granted(logs, partition, index);
            return granted != null
                    && granted.getChoice() == Choice.PLACED
                    && reconfigure(
                            logs,
                            partition,
                            index,
                            config ->
                                    PoolConfig.newBuilder(config)
                                            .setSetAside(
                                                    List.of(Records.setAside(granted.getSlot())))
                                            .build());
        }
    },
    DRAIN_AFTERWARDS(ViolationKind.GRANT_WHILE_DRAINING) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            Granted granted = granted(logs, partition, index);
            return granted != null
                    && granted.getChoice() == Choice.PLACED
                    && reconfigure(
                            logs,
                            partition,
                            index,
                            config -> PoolConfig.newBuilder(config).setDraining(true).build());
        }
    },
    MISCOUNT(ViolationKind.BOOKS_DIFFER) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return regrant(
                    logs,
                    partition,
                    index,
                    Choice.PLACED,
                    g -> with(g).setLoadAfter(g.getLoadAfter() + 1).build());
        }
    },
    MISCALL_RELEASE(ViolationKind.UNFOUNDED_RELEASE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            if (!isReleased(logs, partition, index, ReleaseCause.VANISHED)) {
                return false;
            }
            Released released = (Released) outcome(logs, partition, index);
            return replace(
                    logs,
                    partition,
                    index,
                    Released.newBuilder(released).setCause(ReleaseCause.ENDED).build());
        }
    },
    MISCALL_REJECTION(ViolationKind.UNFOUNDED_REJECTION) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return outcome(logs, partition, index) instanceof Rejected rejected
                    && rejected.getCause() == RejectCause.EXHAUSTED
                    && replace(
                            logs,
                            partition,
                            index,
                            Records.rejected(RejectCause.DRAINING, rejected.getAttempt()));
        }
    },
    ADMIT_STALE_EPOCH(ViolationKind.STALE_EPOCH_ADMITTED) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return outcome(logs, partition, index) instanceof Rejected rejected
                    && rejected.getCause() == RejectCause.STALE_EPOCH
                    && replace(
                            logs,
                            partition,
                            index,
                            Records.granted(0, 1, Choice.PLACED, Rung.REGULAR, null, 1));
        }
    },
    EXCHANGE(ViolationKind.DECISION_OUT_OF_ORDER) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            List<Logs.Rec> log = logs.decisions(partition);
            for (int next = index + 1; next < log.size(); next++) {
                boolean same = log.get(next).key().equals(log.get(index).key());
                if (same && log.get(next).at().timestamp() > log.get(index).at().timestamp()) {
                    logs.swapDecisions(partition, index, next);
                    return true;
                }
            }
            return false;
        }
    },
    POSTPONE(ViolationKind.DECISION_AT_WRONG_TIME) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            List<Logs.Rec> log = logs.decisions(partition);
            Logs.Rec record = log.get(index);
            return record.decision().getSeq() != null
                    && log.set(index, record.at(record.at().timestamp() + 6_000)) != null;
        }
    },
    LOSE_START(ViolationKind.DECISION_WITHOUT_EVENT) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            Granted granted = granted(logs, partition, index);
            return granted != null
                    && isToStart(logs, partition, index)
                    && logs.of(Topics.SESSION_EVENTS, partition)
                            .removeIf(event -> isStart(event, logs, partition, index));
        }
    },
    LOSE_DECISION(ViolationKind.DECISION_NUMBER) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return isNumberedBetweenOthers(logs, partition, index)
                    && logs.decisions(partition).remove(index) != null;
        }
    },
    WRITE_TWICE(ViolationKind.DECISION_NUMBER) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return logs.decisions(partition).get(index).decision().getNumber() != null
                    && twice(logs, partition, index);
        }
    },
    LOSE_SUCCESSOR(ViolationKind.UNFOUNDED_RELEASE) {
        @Override
        boolean apply(Logs logs, int partition, int index) {
            return isReleased(logs, partition, index, ReleaseCause.PASSED_ON)
                    && logs.decisions(partition).remove(index + 1) != null;
        }
    };

    private final ViolationKind caughtAs;

    Mutation(ViolationKind caughtAs) {
        this.caughtAs = caughtAs;
    }

    ViolationKind caughtAs() {
        return caughtAs;
    }

    /** Breaks the promise at the decision of this index; false if that one cannot be broken so. */
    abstract boolean apply(Logs logs, int partition, int index);

    static Object outcome(Logs logs, int partition, int index) {
        return logs.decisions(partition).get(index).decision().getOutcome();
    }

    /** The grant, unless it only repeats one. */
    static Granted granted(Logs logs, int partition, int index) {
        return outcome(logs, partition, index) instanceof Granted granted && !granted.getRepeated()
                ? granted
                : null;
    }

    static Granted.Builder with(Granted granted) {
        return Granted.newBuilder(granted);
    }

    static boolean isReleased(Logs logs, int partition, int index, ReleaseCause cause) {
        return outcome(logs, partition, index) instanceof Released released
                && released.getCause() == cause;
    }

    static boolean twice(Logs logs, int partition, int index) {
        List<Logs.Rec> log = new ArrayList<>(logs.decisions(partition));
        log.add(index + 1, log.get(index));
        logs.renumber(partition, log);
        return true;
    }

    static boolean replace(Logs logs, int partition, int index, Object outcome) {
        Logs.Rec record = logs.decisions(partition).get(index);
        Decision changed = Decision.newBuilder(record.decision()).setOutcome(outcome).build();
        logs.decisions(partition).set(index, record.with(changed));
        return true;
    }

    static boolean regrant(
            Logs logs, int partition, int index, Choice choice, UnaryOperator<Granted> change) {
        Granted granted = granted(logs, partition, index);
        return granted != null
                && granted.getChoice() == choice
                && replace(logs, partition, index, change.apply(granted));
    }

    static boolean reconfigure(
            Logs logs, int partition, int index, UnaryOperator<PoolConfig> change) {
        Logs.Rec decision = logs.decisions(partition).get(index);
        List<Logs.Rec> configs = logs.of(Topics.POOL_CONFIGS, partition);
        configs.replaceAll(
                record -> {
                    PoolConfig config = (PoolConfig) record.value();
                    boolean named =
                            record.key().equals(decision.key())
                                    && config.getVersion()
                                            == decision.decision().getConfigVersion();
                    return named ? record.with(change.apply(config)) : record;
                });
        return true;
    }

    /** Whether a start asked for the decision, and that once only. */
    static boolean isToStart(Logs logs, int partition, int index) {
        return logs.of(Topics.SESSION_EVENTS, partition).stream()
                        .filter(event -> isStart(event, logs, partition, index))
                        .count()
                == 1;
    }

    static boolean isStart(Logs.Rec event, Logs logs, int partition, int index) {
        Logs.Rec record = logs.decisions(partition).get(index);
        return record.key().equals(event.key())
                && ((SessionEvent) event.value()).getEvent() instanceof AgentEvent agent
                && Long.valueOf(agent.getSeq()).equals(record.decision().getSeq())
                && agent.getBody() instanceof SessionStarted start
                && start.getSession().equals(record.decision().getSession());
    }

    /** Whether its pool decided before and afterwards, and was not new when it did before. */
    static boolean isNumberedBetweenOthers(Logs logs, int partition, int index) {
        List<Logs.Rec> log = logs.decisions(partition);
        Logs.Rec record = log.get(index);
        if (record.decision().getNumber() == null) {
            return false;
        }
        long old = record.decision().getNumber() / 1_000 + 2_000;
        return log.subList(0, index).stream()
                        .filter(before -> before.key().equals(record.key()))
                        .filter(before -> before.decision().getNumber() != null)
                        .anyMatch(before -> before.at().timestamp() > old)
                && log.subList(index + 1, log.size()).stream()
                        .anyMatch(after -> after.key().equals(record.key()));
    }

    /** Whether the slot's last release was under the configuration that the grant names. */
    static boolean isReleasedUnderSameConfig(Logs logs, int partition, int index) {
        Logs.Rec grant = logs.decisions(partition).get(index);
        int slot = ((Granted) grant.decision().getOutcome()).getSlot();
        for (int i = index - 1; i >= 0; i--) {
            Logs.Rec before = logs.decisions(partition).get(i);
            if (before.key().equals(grant.key())
                    && before.decision().getOutcome() instanceof Released released
                    && released.getSlot() == slot) {
                return grant.decision()
                        .getConfigVersion()
                        .equals(before.decision().getConfigVersion());
            }
        }
        return false;
    }
}
