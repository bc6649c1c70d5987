package io.exitpool.bench.latency;

import io.exitpool.bench.latency.Question.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * How long questions wait for their answers: from the moment at which each was due, not that at
 * which it was sent, to the moment at which its answer was read. Every question is followed, also
 * those outside of the measured window, because one that is never answered spoils what it stands
 * beside. One thread asks, another answers.
 */
final class Recorder {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long LONGEST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    private final Map<Question, Long> waiting = new HashMap<>();
    private final Set<Question> refusedEnds = new HashSet<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long from;
    private long to;
    private long refused;

    /** What is due between these moments is measured, too; nobody waits for older answers. */
    synchronized void measure(long from, long to) {
        this.from = from;
        this.to = to;
        waiting.clear();
    }

    /** Forgets what was measured. */
    synchronized void reset() {
        micros.reset();
        refused = 0;
    }

    /** Called before the event is sent, so that no answer comes first. */
    synchronized void asked(Question question, long due) {
        if (question.kind() == Kind.END && refusedEnds.remove(question)) {
            return;
        }
        waiting.put(question, due);
    }

    /** An answer that nobody waits for, such as one told again, changes nothing. */
    synchronized void answered(Answer answer, long at) {
        Long due = waiting.remove(answer.question());
        if (due == null) {
            return;
        }
        if (answer.refused()) {
            refused++;
            excuseEndOf(answer.question());
        }
        if (due - from >= 0 && due - to < 0) {
            long waited = Math.max(0, at - due) / NANOS_PER_MICRO;
            micros.recordValue(Math.min(LONGEST_MICROS, waited));
        }
    }

    /** How many questions wait for an answer. */
    synchronized int unanswered() {
        return waiting.size();
    }

    /** How many starts were rejected since the last reset. */
    synchronized long refused() {
        return refused;
    }

    /** The measured waits in microseconds: a copy. */
    synchronized Histogram micros() {
        return micros.copy();
    }

    /** The end of a rejected start has no answer: it was asked already, or will be. */
    private void excuseEndOf(Question start) {
        Question end = start.end();
        if (waiting.remove(end) == null) {
            refusedEnds.add(end);
        }
    }
}
