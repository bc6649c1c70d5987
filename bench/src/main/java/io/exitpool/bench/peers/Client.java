package io.exitpool.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * One asking thread: takes its trace's next steps, asks them, and keeps the books of the answers.
 */
final class Client implements Answers {

    private static final int DIGITS = 3;

    private final SessionTrace trace;
    private final Books books;
    private final Phase phase;
    private final int pipeline;
    private final Histogram latency = new Histogram(DIGITS);
    private final AtomicLong answered = new AtomicLong();
    private final List<Step> batch = new ArrayList<>();
    private long askedAt;

    Client(SessionTrace trace, Books books, Phase phase, int pipeline) {
        this.trace = trace;
        this.books = books;
        this.phase = phase;
        this.pipeline = pipeline;
    }

    void run(PeerConnection connection) {
        while (!phase.isOver()) {
            fillBatch();
            askedAt = System.nanoTime();
            connection.ask(batch, this);
        }
    }

    /** A step that is left out still counts: an end must not share a batch with its start. */
    private void fillBatch() {
        batch.clear();
        for (int i = 0; i < pipeline; i++) {
            trace.next().filter(books::worthAsking).ifPresent(batch::add);
        }
    }

    @Override
    public void answered(Step step, int slot) {
        if (step.isStart() && phase.isMeasured()) {
            latency.recordValue(System.nanoTime() - askedAt);
        }
        books.answered(step, slot);
        answered.lazySet(answered.get() + 1);
    }

    /** May be read by any thread at any time. */
    long answeredSoFar() {
        return answered.get();
    }

    /** Nanoseconds from asking to the answer of starts, rejected ones included. */
    Histogram latency() {
        return latency;
    }

    Books books() {
        return books;
    }
}
