package io.exitpool.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** One connection with both calls prepared: one round trip and one transaction an event. */
final class PostgresConnection implements PeerConnection {

    private final Connection connection;
    private final PreparedStatement start;
    private final PreparedStatement end;

    PostgresConnection(Connection connection, int minRestMillis) throws SQLException {
        this.connection = connection;
        this.start = connection.prepareStatement("SELECT start_session(?, ?)");
        this.end = connection.prepareStatement("SELECT end_session(?, ?, ?)");
        this.end.setInt(3, minRestMillis);
    }

    @Override
    public void ask(List<Step> steps, Answers answers) {
        try {
            for (Step step : steps) {
                answers.answered(step, slot(step));
            }
        } catch (SQLException e) {
            throw new PeerException("PostgreSQL failed under load", e);
        }
    }

    private int slot(Step step) throws SQLException {
        PreparedStatement call = step.isStart() ? start : end;
        call.setInt(1, step.server());
        call.setObject(2, step.session());
        try (ResultSet row = call.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new PeerException("a connection to PostgreSQL did not close", e);
        }
    }
}
