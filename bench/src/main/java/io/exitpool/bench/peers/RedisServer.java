package io.exitpool.bench.peers;

import io.exitpool.demo.port.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A Redis of our own on a free loopback port, behind a password in a file that only we can read: it
 * may run as root. It never rewrites its log of commands: a rewrite takes a core for a while, and
 * in the minutes after a start it would come more often than ever again.
 */
final class RedisServer implements RunningPeer {

    private static final String DECISIONS = "decisions";
    private static final int TIMEOUT_MILLIS = 30_000;

    private final NativeServer server;
    private final HostAndPort address;
    private final JedisClientConfig login;
    private final Fleet fleet;
    private final RedisScripts scripts;
    private final String version;

    private RedisServer(
            NativeServer server, HostAndPort address, JedisClientConfig login, Fleet fleet) {
        this.server = server;
        this.address = address;
        this.login = login;
        this.fleet = fleet;
        try (Jedis jedis = server.await(this::ready)) {
            this.version = "Redis " + property(jedis.info("server"), "redis_version");
            this.scripts =
                    new RedisScripts(
                            jedis.scriptLoad(PeerResource.text("start.lua")),
                            jedis.scriptLoad(PeerResource.text("end.lua")),
                            DECISIONS,
                            fleet);
            fill(jedis);
        }
    }

    static RedisServer start(Path directory, boolean durable, Fleet fleet) {
        int port = LoopbackPort.choose(0);
        String password = UUID.randomUUID().toString();
        Path config = writeConfig(directory, port, password, durable);
        NativeServer server =
                NativeServer.start(
                        Optional.empty(),
                        List.of(Programs.redisServer().toString(), config.toString()),
                        directory.resolve("redis.log"));
        try {
            return new RedisServer(
                    server,
                    new HostAndPort(LoopbackPort.HOST, port),
                    DefaultJedisClientConfig.builder()
                            .password(password)
                            .timeoutMillis(TIMEOUT_MILLIS)
                            .build(),
                    fleet);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Path writeConfig(Path directory, int port, String password, boolean durable) {
        List<String> lines =
                List.of(
                        "bind " + LoopbackPort.HOST,
                        "port " + port,
                        "dir " + directory,
                        "requirepass " + password,
                        "daemonize no",
                        "save \"\"",
                        "appendonly " + (durable ? "yes" : "no"),
                        "appendfsync always",
                        "auto-aof-rewrite-percentage 0");
        try {
            return Files.write(directory.resolve("redis.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Jedis> ready() {
        Jedis jedis = null;
        try {
            jedis = new Jedis(address, login);
            jedis.ping();
            return Optional.of(jedis);
        } catch (JedisConnectionException | JedisDataException e) {
            if (jedis != null) {
                jedis.close();
            }
            return Optional.empty();
        }
    }

    private static String property(String info, String key) {
        return info.lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).trim())
                .findFirst()
                .orElse("of unknown version");
    }

    /** Every slot is free and has rested since 1970. */
    private void fill(Jedis jedis) {
        String[] slots =
                IntStream.range(0, fleet.slots()).mapToObj(i -> i + ":0").toArray(String[]::new);
        try (var pipeline = jedis.pipelined()) {
            for (int i = 0; i < fleet.servers(); i++) {
                pipeline.rpush(RedisScripts.freeSlots(i), slots);
            }
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public PeerConnection connect(int client, int clients) {
        return new RedisConnection(new Connection(address, login), scripts);
    }

    @Override
    public long decisions() {
        try (Jedis jedis = new Jedis(address, login)) {
            return jedis.xlen(DECISIONS);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
