package io.exitpool.bench.peers;

import java.nio.file.Path;

/**
 * Redis with a Lua script per event: the only way to choose, lease and log in one atomic step.
 * Without {@code durable} it writes no file at all.
 */
record RedisPeer(String name, boolean durable, int connections, int pipeline) implements AskedPeer {

    @Override
    public Family family() {
        return Family.REDIS;
    }

    @Override
    public Durability durability() {
        return durable ? Durability.DISK : Durability.MEMORY;
    }

    @Override
    public void requirePresent() {
        Programs.redisServer();
    }

    @Override
    public RunningPeer start(Path directory, Fleet fleet) {
        return RedisServer.start(directory, durable, fleet);
    }
}
