package io.exitpool.bench.peers;

import io.exitpool.bench.load.Configs;
import io.exitpool.bench.load.Configs.PoolRules;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** Broker and application in a Java machine each, and the fleet's agents in this one. */
final class ExitpoolServer implements RunningPeer {

    private static final int PARTITIONS = 12;

    private final Broker broker;
    private final App app;
    private final ExitpoolAgents agents;
    private final ExitpoolDecisions decisions;

    private ExitpoolServer(
            Broker broker, App app, ExitpoolAgents agents, ExitpoolDecisions decisions) {
        this.broker = broker;
        this.app = app;
        this.agents = agents;
        this.decisions = decisions;
    }

    static ExitpoolServer start(Path directory, boolean flushed, int clients, Fleet fleet) {
        Broker broker = Broker.start(directory.resolve("broker"), PARTITIONS);
        try {
            if (flushed) {
                BrokerFlush.everyAppend(broker.connection());
            }
            return start(broker, directory, clients, fleet);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static ExitpoolServer start(Broker broker, Path directory, int clients, Fleet fleet) {
        App app =
                App.start(
                        broker,
                        directory.resolve("state"),
                        Map.of(Setting.ONLY.key(), Part.ALLOCATION.label()));
        try {
            Connection connection = broker.connection();
            FleetShape shape = fleet.shape();
            Configs.apply(
                    connection,
                    shape,
                    new PoolRules(fleet.minRest(), fleet.minRest(), Placement.UNIFORM_RANDOM));
            ExitpoolDecisions decisions = ExitpoolDecisions.open(connection, shape, clients);
            ExitpoolAgents agents = new ExitpoolAgents(connection, shape, PARTITIONS);
            agents.begin();
            return new ExitpoolServer(broker, app, agents, decisions);
        } catch (RuntimeException e) {
            app.close();
            throw e;
        }
    }

    @Override
    public String version() {
        return "Exitpool on Kafka " + AppInfoParser.getVersion();
    }

    @Override
    public PeerConnection connect(int client, int clients) {
        return new ExitpoolConnection(agents, decisions, client);
    }

    @Override
    public long decisions() {
        return decisions.countToEnd();
    }

    /** Each ends whatever becomes of those before it. */
    @Override
    public void close() {
        try (broker;
                app;
                agents) {
            decisions.close();
        }
    }
}
