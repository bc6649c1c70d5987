package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.util.regex.Pattern;

/** What an agent cannot say, by the fields' documentation: such events take no effect. */
final class EventChecks {
    private static final Pattern SERVER = Pattern.compile("[a-z0-9-]{1,63}");
    private static final int MAX_ENTRIES = 4_096;

    private EventChecks() {}

    static boolean isServer(String key) {
        return key != null && SERVER.matcher(key).matches();
    }

    static boolean isWellFormed(AgentEvent event, Position at, long epochAhead) {
        return event.getSeq() > 0
                && event.getEpoch() > 0
                && event.getEpoch() / 1_000 - epochAhead <= at.timestamp()
                && event.getOccurredAt() >= 0
                && isWellFormed(event.getBody());
    }

    private static boolean isWellFormed(Object body) {
        if (body instanceof SessionStarted start) {
            return start.getAttempt() >= 0 && isSlot(start.getHeld()) && isSlot(start.getWanted());
        }
        if (body instanceof SnapshotPart part) {
            return part.getPart() >= 0
                    && part.getPart() < part.getParts()
                    && part.getEntries().size() <= MAX_ENTRIES
                    && part.getEntries().stream().allMatch(EventChecks::isWellFormed);
        }
        return body instanceof SessionEnded || body instanceof ServerStarted;
    }

    private static boolean isWellFormed(SnapshotEntry entry) {
        return isSlot(entry.getHeld()) && isSlot(entry.getWanted());
    }

    private static boolean isSlot(Integer id) {
        return id == null || id >= 0;
    }
}
