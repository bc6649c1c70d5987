package io.exitpool.bench.peers;

import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/**
 * One connection: the steps go out in one write, the answers come in the same order. The client's
 * low level is used because it hands over each answer when it is read, not when all of them are.
 */
final class RedisConnection implements PeerConnection {

    private final Connection connection;
    private final RedisScripts scripts;

    RedisConnection(Connection connection, RedisScripts scripts) {
        this.connection = connection;
        this.scripts = scripts;
    }

    @Override
    public void ask(List<Step> steps, Answers answers) {
        for (Step step : steps) {
            connection.sendCommand(Protocol.Command.EVALSHA, scripts.arguments(step));
        }
        for (Step step : steps) {
            long slot = (Long) connection.getOne();
            answers.answered(step, (int) slot);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
