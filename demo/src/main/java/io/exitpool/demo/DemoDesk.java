package io.exitpool.demo;

import io.exitpool.demo.fleet.OperatorDesk;
import io.exitpool.operator.pools.PoolEdit;
import io.exitpool.operator.pools.PoolsEdit;
import io.exitpool.schemas.SetAsideCause;
import io.exitpool.schemas.connection.Connection;
import java.util.List;
import java.util.Optional;

/** The simulated operator: what {@code exitpool pools} does, from the same library. */
final class DemoDesk implements OperatorDesk {

    private final Connection connection;

    DemoDesk(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void setAside(String server, List<String> addresses, String reason) {
        for (String address : addresses) {
            edit(server, PoolEdit.setAside(address, SetAsideCause.REPUTATION, reason));
        }
    }

    @Override
    public void restore(String server, List<String> addresses) {
        for (String address : addresses) {
            edit(server, PoolEdit.restore(address));
        }
    }

    @Override
    public void release(String server, int slot) {
        edit(server, PoolEdit.release(slot));
    }

    private void edit(String server, PoolEdit edit) {
        PoolsEdit.Report report = PoolsEdit.edit(connection, server, edit, Optional.empty(), true);
        if (report.outcome().exitCode() != 0) {
            throw new IllegalStateException(String.join("; ", report.messages()));
        }
    }
}
