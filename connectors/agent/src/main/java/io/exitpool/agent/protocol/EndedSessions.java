package io.exitpool.agent.protocol;

import io.exitpool.schemas.SessionId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions whose end was sent and whose release was not read, in the order of their ends. */
final class EndedSessions {
    private final Map<SessionId, Ended> ended = new LinkedHashMap<>();

    /**
     * @param namedBy seq of the last event before its end that named it
     */
    void add(SessionId session, long namedBy, long now) {
        ended.put(session, new Ended(now, namedBy));
    }

    boolean contains(SessionId session) {
        return ended.containsKey(session);
    }

    int size() {
        return ended.size();
    }

    void released(SessionId session) {
        ended.remove(session);
    }

    /** One that was rejected last never had a lease, so its end will not be answered. */
    void rejected(SessionId session, long answeredSeq) {
        Ended end = ended.get(session);
        if (end != null && answeredSeq >= end.namedBy()) {
            ended.remove(session);
        }
    }

    void forgetThoseBefore(long time) {
        Iterator<Ended> ends = ended.values().iterator();
        while (ends.hasNext() && ends.next().at() < time) {
            ends.remove();
        }
    }

    private record Ended(long at, long namedBy) {}
}
