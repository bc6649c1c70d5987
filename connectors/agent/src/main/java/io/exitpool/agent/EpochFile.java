package io.exitpool.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/** The last epoch of one server, the only thing that an agent keeps on disk. */
final class EpochFile {
    private final Path file;

    EpochFile(Path stateDir, String server) {
        this.file = stateDir.resolve(server + ".epoch");
    }

    OptionalLong read() {
        try {
            return Files.exists(file)
                    ? OptionalLong.of(Long.parseLong(Files.readString(file, US_ASCII).strip()))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            throw new AgentException(
                    "Cannot read an epoch from "
                            + file
                            + ". Delete the file if this machine's clock is right",
                    e);
        }
    }

    /** On disk when this returns, whole or not at all. */
    void write(long epoch) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap((epoch + "\n").getBytes(US_ASCII)));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AgentException(
                    "Cannot write " + file + ": " + e.getMessage() + ". Choose another --state-dir",
                    e);
        }
    }
}
