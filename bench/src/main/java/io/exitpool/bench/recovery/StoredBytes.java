package io.exitpool.bench.recovery;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.allocation.AllocationTopology;
import io.exitpool.streams.config.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What the leases take where they are kept.
 *
 * @param state bytes of the allocation's RocksDB files after a clean stop, when nothing is left in
 *     its memory
 * @param changelog bytes of the changelog's segments as they are, overwritten rows included
 */
record StoredBytes(long state, long changelog) {
    private static final String APPLICATION = Part.ALLOCATION.applicationId();
    private static final String CHANGELOG =
            APPLICATION + "-" + AllocationTopology.STORE + "-changelog";

    static StoredBytes of(Path stateDir, Connection connection) {
        return new StoredBytes(filesBelow(stateDir.resolve(APPLICATION)), changelog(connection));
    }

    private static long filesBelow(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long changelog(Connection connection) {
        try (Admin admin = Admin.create(connection.admin())) {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(CHANGELOG))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the logs' sizes were not told", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
