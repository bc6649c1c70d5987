package io.exitpool.agent;

import java.util.regex.Pattern;

/** The name of an exit server: the key of all that its agent writes and reads. */
final class Server {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private Server() {}

    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is no server's name: 1 to 63 of a-z, 0-9 and hyphen, such as"
                            + " se-sto-wg-208");
        }
        return name;
    }
}
