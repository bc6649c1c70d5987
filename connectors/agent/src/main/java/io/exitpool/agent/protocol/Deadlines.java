package io.exitpool.agent.protocol;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * When sessions have to be seen to again. A session has one deadline; setting it voids the last.
 */
final class Deadlines {
    private final PriorityQueue<Deadline> queue =
            new PriorityQueue<>(Comparator.comparingLong(Deadline::at));

    void set(Session session, long at) {
        session.deadline++;
        queue.add(new Deadline(at, session, session.deadline));
    }

    void clear(Session session) {
        session.deadline++;
    }

    OptionalLong next() {
        dropVoid();
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.peek().at());
    }

    /** Takes the next session whose deadline has come; null when there is none. */
    Session poll(long now) {
        dropVoid();
        if (queue.isEmpty() || queue.peek().at() > now) {
            return null;
        }
        Session session = queue.poll().session();
        session.deadline++;
        return session;
    }

    private void dropVoid() {
        while (!queue.isEmpty() && queue.peek().isVoid()) {
            queue.poll();
        }
    }

    private record Deadline(long at, Session session, int number) {
        boolean isVoid() {
            return session.deadline != number;
        }
    }
}
