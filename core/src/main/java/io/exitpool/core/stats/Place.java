package io.exitpool.core.stats;

import io.exitpool.core.pool.Targets;
import java.util.Optional;

/**
 * Where a server stands, for statistics by country and city. Names such as {@code se-sto-wg-208}
 * say it: the country is the first part, the city the second. What the pool's configuration says
 * goes before; a name without parts stands nowhere.
 *
 * @param country such as {@code se}
 * @param city such as {@code sto}; only with a country
 */
public record Place(Optional<String> country, Optional<String> city) {
    /** Of the fleet, and of servers that stand nowhere. */
    public static final Place NOWHERE = new Place(Optional.empty(), Optional.empty());

    /** A server's place, from its name and what its operator says. */
    public static Place of(String server, Targets targets) {
        String[] parts = server.split("-");
        boolean named = parts.length >= 3;
        Optional<String> country =
                targets.country().or(() -> named ? Optional.of(parts[0]) : Optional.empty());
        Optional<String> city =
                targets.city().or(() -> named ? Optional.of(parts[1]) : Optional.empty());
        return new Place(country, country.isPresent() ? city : Optional.empty());
    }
}
