package io.exitpool.streams.commit;

import java.time.Duration;

/** What a consumer does between records, in a test's hands. */
public final class Between {
    private final Gathering gathering;

    public Between(GroupCommit commits) {
        gathering = commits.ofThisThread();
        gathering.polls();
    }

    public boolean isReading(int partition) {
        return gathering.isReading(partition);
    }

    public void readOn() {
        gathering.readOn(Duration.ZERO);
    }
}
