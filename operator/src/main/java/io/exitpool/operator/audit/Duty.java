package io.exitpool.operator.audit;

import io.exitpool.schemas.Released;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What an event obliges the allocation to decide, and which decisions came. */
sealed interface Duty {

    EventMark mark();

    /** Whether such an outcome for this session can be an answer to it. */
    boolean concerns(SessionKey session, Object outcome);

    boolean isAnswered(SessionKey session);

    void answer(SessionKey session);

    /** The numbers of its events, by which decisions name it. */
    default List<Long> seqs() {
        return List.of(mark().seq());
    }

    <R> R match(
            Function<Start, R> start,
            Function<End, R> end,
            Function<Snapshot, R> snapshot,
            Function<Silence, R> silence);

    /** A start must be granted or rejected. */
    final class Start implements Duty {
        private final EventMark mark;
        private final SessionKey session;
        private final Asked asked;
        private final int attempt;
        private final Sync sync;
        private boolean answered;

        Start(EventMark mark, SessionKey session, Asked asked, int attempt, Sync sync) {
            this.mark = mark;
            this.session = session;
            this.asked = asked;
            this.attempt = attempt;
            this.sync = sync;
        }

        @Override
        public EventMark mark() {
            return mark;
        }

        SessionKey session() {
            return session;
        }

        Asked asked() {
            return asked;
        }

        int attempt() {
            return attempt;
        }

        Sync sync() {
            return sync;
        }

        boolean isAnswered() {
            return answered;
        }

        @Override
        public boolean concerns(SessionKey named, Object outcome) {
            return session.equals(named) && !(outcome instanceof Released);
        }

        @Override
        public boolean isAnswered(SessionKey named) {
            return answered;
        }

        @Override
        public void answer(SessionKey named) {
            answered = true;
        }

        @Override
        public <R> R match(
                Function<Start, R> start,
                Function<End, R> end,
                Function<Snapshot, R> snapshot,
                Function<Silence, R> silence) {
            return start.apply(this);
        }
    }

    /** An end must release the session's lease. */
    final class End implements Duty {
        private final EventMark mark;
        private final SessionKey session;
        private boolean answered;

        End(EventMark mark, SessionKey session) {
            this.mark = mark;
            this.session = session;
        }

        @Override
        public EventMark mark() {
            return mark;
        }

        SessionKey session() {
            return session;
        }

        @Override
        public boolean concerns(SessionKey named, Object outcome) {
            return session.equals(named) && outcome instanceof Released;
        }

        @Override
        public boolean isAnswered(SessionKey named) {
            return answered;
        }

        @Override
        public void answer(SessionKey named) {
            answered = true;
        }

        @Override
        public <R> R match(
                Function<Start, R> start,
                Function<End, R> end,
                Function<Snapshot, R> snapshot,
                Function<Silence, R> silence) {
            return end.apply(this);
        }
    }

    /** A complete snapshot must release what it does not name and answer what has no lease. */
    final class Snapshot implements Duty {
        private final EventMark mark;
        private final SnapshotAssembly parts;
        private final Set<SessionKey> answered = new HashSet<>();

        Snapshot(EventMark mark, SnapshotAssembly parts) {
            this.mark = mark;
            this.parts = parts;
        }

        @Override
        public EventMark mark() {
            return mark;
        }

        Map<SessionKey, Asked> named() {
            return parts.named();
        }

        /** The parts followed each other with nothing between them: it was certainly applied. */
        boolean isCertain() {
            return parts.isUnbroken();
        }

        /** All its parts were read. */
        boolean isWhole() {
            return parts.isWhole();
        }

        /** Leases granted before this offset are held against it. */
        long firstOffset() {
            return parts.firstOffset();
        }

        Optional<Asked> asked(SessionKey session) {
            return Optional.ofNullable(named().get(session));
        }

        @Override
        public List<Long> seqs() {
            return parts.seqs();
        }

        boolean isApplied() {
            return isCertain() || !answered.isEmpty();
        }

        @Override
        public boolean concerns(SessionKey session, Object outcome) {
            return outcome instanceof Released || !isWhole() || named().containsKey(session);
        }

        @Override
        public boolean isAnswered(SessionKey session) {
            return answered.contains(session);
        }

        @Override
        public void answer(SessionKey session) {
            answered.add(session);
        }

        @Override
        public <R> R match(
                Function<Start, R> start,
                Function<End, R> end,
                Function<Snapshot, R> snapshot,
                Function<Silence, R> silence) {
            return snapshot.apply(this);
        }
    }

    /**
     * A silence that a snapshot ended must have released everything, if it was longer than
     * lease-ttl.
     *
     * @param millis how much time Ticks covered since the snapshot before
     */
    record Silence(EventMark mark, long millis) implements Duty {

        @Override
        public boolean concerns(SessionKey session, Object outcome) {
            return false;
        }

        @Override
        public boolean isAnswered(SessionKey session) {
            return false;
        }

        @Override
        public void answer(SessionKey session) {
            throw new IllegalStateException("no decision names a silence");
        }

        @Override
        public <R> R match(
                Function<Start, R> start,
                Function<End, R> end,
                Function<Snapshot, R> snapshot,
                Function<Silence, R> silence) {
            return silence.apply(this);
        }
    }
}
