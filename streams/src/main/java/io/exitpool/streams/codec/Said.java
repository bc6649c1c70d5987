package io.exitpool.streams.codec;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.pool.PoolConfig;

/** What a record's value says, before anybody looked whose it is. */
public sealed interface Said {

    /** An agent speaks. */
    record Event(AgentEvent event) implements Said {}

    /** Time passes on a partition. */
    record Tick(int partition) implements Said {}

    /** An operator speaks. */
    record Config(PoolConfig config) implements Said {}

    /** It could be decoded, but says what cannot be. */
    record Bad(String reason) implements Said {}
}
