package io.exitpool.schemas.connection;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps credentials out of logs. */
final class Secrets {

    private static final String MASK = "***";
    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "token", "user.info", "jaas", "ssl.keystore.key");
    private static final Pattern IN_ADDRESS = Pattern.compile("//[^/@]*@");

    private Secrets() {}

    static String masked(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (SECRET_WORDS.stream().anyMatch(lower::contains)) {
            return MASK;
        }
        return IN_ADDRESS.matcher(value).replaceAll("//" + MASK + "@");
    }
}
