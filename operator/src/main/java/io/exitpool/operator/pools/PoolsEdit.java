package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ConfigWriter.Write;
import io.exitpool.operator.pools.PoolEdit.Edited;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Changes one server's configuration: reads it, edits it, writes the next version. */
public final class PoolsEdit {

    /**
     * How it ended.
     *
     * @param version that was written; empty if none was
     * @param messages what the operator should read
     */
    public record Report(
            String server, Outcome outcome, Optional<Long> version, List<String> messages) {

        public Report {
            Objects.requireNonNull(server, "server");
            messages = List.copyOf(messages);
        }
    }

    private PoolsEdit() {}

    /**
     * Edits a server's configuration.
     *
     * @param reason the operator's, which goes along with the record
     * @param confirm waits until the allocation has taken it up
     */
    public static Report edit(
            Connection connection,
            String server,
            PoolEdit edit,
            Optional<String> reason,
            boolean confirm) {
        List<String> messages = new ArrayList<>();
        try (ConfigStore store = new ConfigStore(connection);
                Confirmation confirmation = new Confirmation(connection)) {
            Optional<Long> version = Optional.empty();
            try (ConfigWriter writer = store.writer()) {
                FleetState state = store.read();
                StoredPool pool = state.pool(server);
                if (pool.config().isEmpty()) {
                    messages.add(
                            server + " is not configured; './exitpool pools list' tells who is");
                    return new Report(server, Outcome.REFUSED, version, messages);
                }
                Optional<PoolStatus> status = state.status(server);
                Edited edited = edit.edit(withoutOrder(pool.config().get()), status);
                messages.add(server + ": " + edited.message());
                if (edited.after().isEmpty()) {
                    Outcome outcome = edited.refused() ? Outcome.REFUSED : Outcome.UNCHANGED;
                    return new Report(server, outcome, version, messages);
                }
                long next = nextVersion(pool, status);
                PoolConfig after =
                        PoolConfig.newBuilder(edited.after().get()).setVersion(next).build();
                FormerNote note =
                        new FormerNote(
                                next, pool.nextSlotId(), pool.since(next), false, pool.former());
                writer.write(List.of(new Write(server, Optional.of(after), note, reason)));
                version = Optional.of(next);
            }
            confirmation.await(server, version);
            Outcome outcome = confirm ? confirmation.await(messages::add) : Outcome.STORED;
            return new Report(server, outcome, version, messages);
        } catch (OvertakenException e) {
            return new Report(server, Outcome.OVERTAKEN, Optional.empty(), List.of(e.getMessage()));
        }
    }

    /** What was ordered once is not ordered again by the next version. */
    private static PoolConfig withoutOrder(PoolConfig config) {
        return PoolConfig.newBuilder(config).setOrder(null).build();
    }

    private static long nextVersion(StoredPool pool, Optional<PoolStatus> status) {
        long shown = status.map(PoolStatus::getConfigVersion).map(Long::longValue).orElse(0L);
        return Math.max(pool.version(), shown) + 1;
    }
}
