package io.exitpool.core.alert;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.WindowStats;
import java.util.List;
import java.util.Optional;

/**
 * How a pool stands when a status of it was read; every decision up to the status is in it.
 *
 * @param server its name
 * @param passedMillis time since the situation before, of which gaps of more than 30 s do not count
 * @param status the pool; its watermark is the time
 * @param exhausted attempts that found the pool exhausted since the situation before
 * @param hour the closed minutes of the sliding hour, oldest first; at most 60
 * @param open the minute that is not closed yet
 * @param load of the sliding hour; none while too little is known
 * @param closedHour the hour's statistics, when this status closed an hour
 */
public record Situation(
        String server,
        long passedMillis,
        PoolStatus status,
        long exhausted,
        List<MinuteSums> hour,
        MinuteSums open,
        Optional<Load> load,
        Optional<WindowStats> closedHour) {

    /** Slots that may be granted some day: all but those that are set aside. */
    int usableSlots() {
        return status.slots() - status.setAside();
    }
}
