package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the ready-made queries answer to {@link WeekOfStatistics}, worked out by hand. */
final class ExpectedAnswers {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'+00'").withZone(ZoneOffset.UTC);

    private final ReadyQueries queries;
    private final Connection connection;
    private final Instant lastHour;

    /**
     * @param connection whose time zone is UTC
     */
    ExpectedAnswers(ReadyQueries queries, Connection connection, Instant lastHour) {
        this.queries = queries;
        this.connection = connection;
        this.lastHour = lastHour;
    }

    void check() throws SQLException {
        String hour = TIME.format(lastHour);
        int hourOfDay = lastHour.atZone(ZoneOffset.UTC).getHour();
        // Churn: 40 ends on 10 slots in 2 hours, of sessions of 10 minutes, 4 ends unreported.
        check("churn-of-servers", "de-fra-1|2.00|10.0|20.0|0.100", "se-sto-1|0.00||0.0|");
        check("churn-by-hour-of-day", hourOfDay + "|20.0|20.0|7.5");
        check("reuse-of-servers", "de-fra-1|40|0.250|0.500|1.000|0.250", "se-sto-1|||||");
        check("reuse-evenness", "de-fra-1|2|0.800|0.300", "se-sto-1|0||");
        check("sharing-of-addresses", "de-fra-1|0.500|1.50", "se-sto-1||");
        // Capacity: the busier hour needs 12 slots and one is set aside.
        check("capacity-of-servers", "de-fra-1|" + hour + "|6.00|10|13|-3|0.04000|0.001");
        check(
                "capacity-of-places",
                "country/de|" + hour + "|1|0|6.00|10|-3",
                "fleet|" + hour + "|2|1|6.00|14|1");
        // The busy server's two hours are of two days just after midnight: a line through both.
        check(
                "capacity-trend",
                "de-fra-1|" + (hourOfDay == 0 ? "2|6.00|4.50|1.000|0" : "1|6.00|4.50||0"),
                "us-nyc-1|10|10.00|12.50|1.000|3");
        check("rejections-beyond-load", "de-fra-1|" + hour + "|20|2|0.1000|0.0400|t");
        check("trust-in-the-figures", "se-sto-1|1|1|0.750", "de-fra-1|0|0|1.000");
        // The alert that lasts still is over an hour old: how long, depends on the test's time.
        assertThat(queries.rows(connection, "alerts-of-the-month"))
                .hasSize(2)
                .satisfiesExactly(
                        silent ->
                                assertThat(silent)
                                        .matches("se-sto-1\\|SERVER_SILENT\\|1\\|\\d+\\|\\d+\\|1"),
                        exhausted ->
                                assertThat(exhausted).isEqualTo("de-fra-1|EXHAUSTED|2|25|20|0"));
    }

    /** All that {@link #check()} looks at. */
    static List<String> names() {
        return List.of(
                "churn-of-servers",
                "churn-by-hour-of-day",
                "reuse-of-servers",
                "reuse-evenness",
                "sharing-of-addresses",
                "capacity-of-servers",
                "capacity-of-places",
                "capacity-trend",
                "rejections-beyond-load",
                "trust-in-the-figures",
                "alerts-of-the-month");
    }

    private void check(String query, String... rows) throws SQLException {
        assertThat(queries.rows(connection, query)).as(query).containsExactly(rows);
    }
}
