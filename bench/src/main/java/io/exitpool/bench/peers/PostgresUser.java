package io.exitpool.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/** As whom PostgreSQL runs: it refuses root, so root lends it Debian's user {@code postgres}. */
record PostgresUser(Optional<UserPrincipal> principal) {

    private static final String LENT = "postgres";

    static PostgresUser ofThisMachine() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new PostgresUser(Optional.empty());
        }
        try {
            return new PostgresUser(
                    Optional.of(
                            Path.of("/")
                                    .getFileSystem()
                                    .getUserPrincipalLookupService()
                                    .lookupPrincipalByName(LENT)));
        } catch (UserPrincipalNotFoundException e) {
            throw new PeerException(
                    "PostgreSQL refuses to run as root and there is no user postgres:"
                            + " apt-get install postgresql, or run this as another user");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> name() {
        return principal.map(UserPrincipal::getName);
    }

    Path own(Path path) {
        principal.ifPresent(
                user -> {
                    try {
                        Files.setOwner(path, user);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        return path;
    }
}
