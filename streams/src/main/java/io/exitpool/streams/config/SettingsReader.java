package io.exitpool.streams.config;

import io.exitpool.schemas.connection.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the settings together: an option counts before the environment, the environment before the
 * file, the file before the default. A key that nobody knows is an error, because it is a misspelt
 * one; a variable that nobody knows is a warning, because it may be another program's.
 */
public final class SettingsReader {
    static final String ENVIRONMENT_PREFIX = "EXITPOOL_";

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private SettingsReader() {}

    /**
     * @param connection what {@code ConnectionOptions} found: connection keys from everywhere, and
     *     every other key of the file
     * @param environment variables of the process
     * @param options our own settings that were given as options, by key
     * @throws InvalidSettingException for a key that does not exist or a value that cannot be
     */
    public static AppConfig read(
            Map<String, String> connection,
            Map<String, String> environment,
            Map<Setting, String> options) {
        Map<String, String> settings = new TreeMap<>(connection);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.environment());
            if (variable != null) {
                settings.put(setting.key(), variable);
            }
        }
        options.forEach((setting, value) -> settings.put(setting.key(), value));
        for (String variable : unknownVariables(environment)) {
            LOG.warn(
                    "{} sets nothing here; the nearest is {}",
                    variable,
                    variable(nearest(key(variable))));
        }
        return AppConfig.of(settings);
    }

    /** The key most like a misspelt one. */
    static String nearest(String key) {
        return keys().stream()
                .min(Comparator.comparingInt(known -> distance(key, known)))
                .orElseThrow();
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        keys.add(Connection.BOOTSTRAP_SERVERS);
        keys.add(Connection.REGISTRY_URL);
        keys.add(Connection.AUTO_REGISTER);
        Arrays.stream(Setting.values()).map(Setting::key).forEach(keys::add);
        return keys;
    }

    private static List<String> unknownVariables(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
                .filter(name -> Setting.of(key(name)).isEmpty() && !Connection.isKey(key(name)))
                .sorted()
                .toList();
    }

    private static String key(String variable) {
        return variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    static String variable(String key) {
        return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Levenshtein's: how many letters to put in, take out or change. */
    private static int distance(String from, String to) {
        int[] above = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
