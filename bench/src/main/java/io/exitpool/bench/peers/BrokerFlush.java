package io.exitpool.bench.peers;

import io.exitpool.schemas.connection.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Makes a broker synchronise each append to the disk before it answers. */
final class BrokerFlush {

    private static final String EVERY_SO_MANY = "log.flush.interval.messages";

    /** The default of all brokers, which a broker takes over while it runs. */
    private static final String ALL_BROKERS = "";

    private BrokerFlush() {}

    static void everyAppend(Connection connection) {
        try (Admin admin = Admin.create(connection.admin())) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.BROKER, ALL_BROKERS),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(EVERY_SO_MANY, "1"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new PeerException("the broker did not take " + EVERY_SO_MANY, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", e);
        }
    }
}
