package io.exitpool.it;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All decisions that the topic had at one moment, and what they add up to. */
final class Decisions {

    private final List<Entry<Decision>> entries = new ArrayList<>();

    private Decisions() {}

    static Decisions read(Connection connection) {
        Decisions decisions = new Decisions();
        TopicReader.readToEnd(connection, Topics.DECISIONS, decisions.entries::add);
        return decisions;
    }

    List<Entry<Decision>> of(String server) {
        return entries.stream().filter(entry -> server.equals(entry.key())).toList();
    }

    List<Decision> of(SessionId session) {
        return entries.stream()
                .map(Entry::value)
                .filter(decision -> decision.getSession().equals(session))
                .toList();
    }

    /** Each partition's in their order. */
    List<Decision> all() {
        return entries.stream().map(Entry::value).toList();
    }

    /** Of all servers. */
    long granted(Choice choice) {
        return entries.stream()
                .map(entry -> entry.value().getOutcome())
                .filter(outcome -> outcome instanceof Granted g && g.getChoice() == choice)
                .count();
    }

    long granted(String server, Choice choice) {
        return count(server, d -> d.getOutcome() instanceof Granted g && g.getChoice() == choice);
    }

    long released(String server, ReleaseCause cause) {
        return count(server, d -> d.getOutcome() instanceof Released r && r.getCause() == cause);
    }

    long rejected(String server, RejectCause cause) {
        return count(server, d -> d.getOutcome() instanceof Rejected r && r.getCause() == cause);
    }

    /** The leases of a server after the last decision. */
    Map<SessionId, Kernel.Exit> leases(String server) {
        Map<SessionId, Kernel.Exit> leases = new HashMap<>();
        for (Entry<Decision> entry : of(server)) {
            Decision decision = entry.value();
            if (decision.getOutcome() instanceof Granted granted) {
                leases.put(decision.getSession(), exit(granted));
            } else if (decision.getOutcome() instanceof Released) {
                leases.remove(decision.getSession());
            }
        }
        return leases;
    }

    static Kernel.Exit exit(Granted granted) {
        byte[] address =
                granted.getV4() == null ? granted.getV6().bytes() : granted.getV4().bytes();
        return new Kernel.Exit(granted.getSlot(), Kernel.text(address));
    }

    private long count(String server, Predicate<Decision> which) {
        return of(server).stream().map(Entry::value).filter(which).count();
    }
}
