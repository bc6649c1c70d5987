package io.exitpool.agent;

import io.exitpool.agent.protocol.Agent;
import io.exitpool.agent.protocol.AgentObserver;
import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.agent.protocol.ExitMap;
import io.exitpool.agent.protocol.Peer;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAside;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.schemas.wire.WireClosedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's agent on Kafka. The thread that opens it is the only one that speaks: it hands
 * tunnels to {@link #agent()} and calls {@link #pump} in between, which reads decisions and sends
 * what is due. Reading begins before the first event is sent, so no answer is missed.
 */
public final class AgentLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

    /**
     * What a link needs beside the connection.
     *
     * @param stateDir where the last epoch is kept; without it, clock and status must do
     * @param clock milliseconds since 1970: the agent's time
     */
    public record Options(
            AgentSettings settings,
            Wish wish,
            ExitMap map,
            AgentObserver observer,
            Optional<Path> stateDir,
            LongSupplier clock) {}

    private final String server;
    private final LongSupplier clock;
    private final Wire wire;
    private final ServerReader reader;
    private final EventSender sender;
    private final Agent agent;
    private volatile boolean stopping;

    private AgentLink(
            String server,
            LongSupplier clock,
            Wire wire,
            ServerReader reader,
            EventSender sender,
            Agent agent) {
        this.server = server;
        this.clock = clock;
        this.wire = wire;
        this.reader = reader;
        this.sender = sender;
        this.agent = agent;
    }

    /**
     * Checks the topics, chooses the epoch, and begins it with the tunnels that have an address.
     *
     * @param held live tunnels and their slots, as the exit map outlived the last agent
     * @throws AgentException if the topics or the epoch are not as they must be
     * @throws org.apache.kafka.common.KafkaException if Kafka or the registry does not answer
     */
    public static AgentLink open(
            Connection connection,
            String server,
            Options options,
            Map<? extends Peer, Integer> held) {
        Server.checked(server);
        ServerTopics topics = ServerTopics.find(connection, server);
        Wire wire = connection.wire();
        ServerReader reader = new ServerReader(connection, topics, server, wire);
        EventSender sender = new EventSender(connection, topics, server, wire);
        Agent agent =
                new Agent(
                        options.settings(),
                        options.wish(),
                        new SecureRandom(),
                        sender,
                        options.map(),
                        options.observer());
        AgentLink link = new AgentLink(server, options.clock(), wire, reader, sender, agent);
        try {
            link.begin(options, held);
            return link;
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** The state machine, for the thread that opened the link. */
    public Agent agent() {
        return agent;
    }

    /** Applies the decisions that have come or come within the time, and sends what is due. */
    public void pump(Duration atMost) {
        if (stopping) {
            return;
        }
        try {
            boolean missed =
                    reader.poll(
                            atMost,
                            decision -> agent.decision(decision, clock.getAsLong()),
                            this::configured);
            boolean lost = sender.takeLoss();
            if (missed || lost) {
                agent.requestSnapshot();
            }
            agent.tick(clock.getAsLong());
        } catch (WireClosedException e) {
            LOG.debug("{}: stopped while the registry was down", server);
        }
    }

    /** How many events did not reach Kafka. */
    public long undelivered() {
        return sender.undelivered();
    }

    /** Ends whatever the link waits for, from any thread; it does nothing more. */
    public void stop() {
        stopping = true;
        wire.close();
        reader.wakeup();
    }

    @Override
    public void close() {
        sender.close();
        reader.close();
        wire.close();
    }

    private void begin(Options options, Map<? extends Peer, Integer> held) {
        long wallMillis = System.currentTimeMillis();
        long epoch = chooseEpoch(options.stateDir(), wallMillis);
        if (options.wish() == Wish.NONE) {
            reader.followDecisions();
        } else {
            reader.followDecisionsAndConfigs(this::configured);
        }
        agent.start(epoch, held, clock.getAsLong());
        LOG.info("{}: epoch {} begins with {} live sessions", server, epoch, held.size());
    }

    private long chooseEpoch(Optional<Path> stateDir, long wallMillis) {
        Optional<EpochFile> file = stateDir.map(dir -> new EpochFile(dir, server));
        OptionalLong stored = file.map(EpochFile::read).orElse(OptionalLong.empty());
        long wallMicros = wallMillis * 1000;
        long epoch = Epoch.next(stored, reader.statusEpoch(wallMillis), wallMicros);
        Epoch.checked(epoch, wallMicros, server);
        file.ifPresent(epochs -> epochs.write(epoch));
        return epoch;
    }

    private void configured(PoolConfig config) {
        agent.poolSlots(slots(config));
    }

    /** The slots that a wish may name: those of the configuration that are not set aside. */
    static int[] slots(PoolConfig config) {
        Set<Integer> setAside =
                config.getSetAside().stream().map(SetAside::getSlot).collect(Collectors.toSet());
        return config.getSlots().stream()
                .flatMapToInt(AgentLink::ids)
                .filter(id -> !setAside.contains(id))
                .toArray();
    }

    private static IntStream ids(SlotRange range) {
        return IntStream.range(range.getFirstId(), range.getFirstId() + range.getCount());
    }
}
