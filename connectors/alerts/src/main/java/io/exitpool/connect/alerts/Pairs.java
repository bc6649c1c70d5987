package io.exitpool.connect.alerts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/** A setting that is a list of {@code name=value}. */
final class Pairs {

    private Pairs() {}

    /**
     * The pairs, sorted by name.
     *
     * @param form of an entry, for the error
     * @throws ConfigException that names the setting and the entry
     */
    static Map<String, String> parse(String setting, List<String> entries, String form) {
        Map<String, String> pairs = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1) {
                throw new ConfigException(setting + ": '" + entry + "' is not like " + form);
            }
            String name = entry.substring(0, equals).strip();
            if (pairs.put(name, entry.substring(equals + 1).strip()) != null) {
                throw new ConfigException(setting + " names " + name + " twice");
            }
        }
        return pairs;
    }
}
