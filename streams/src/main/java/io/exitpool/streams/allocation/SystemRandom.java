package io.exitpool.streams.allocation;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * The system's cryptographic generator. Where the kernel offers its own as a file, its bytes are
 * taken as they are: Java's SecureRandom would hash the same bytes once more, which takes six times
 * as long and leaves garbage for every number. Elsewhere it is SecureRandom.
 */
final class SystemRandom {
    private static final Path KERNEL = Path.of("/dev/urandom");

    /** One for all threads, and for as long as the process lives. */
    static final Consumer<byte[]> SHARED = open();

    private SystemRandom() {}

    private static Consumer<byte[]> open() {
        if (!Files.isReadable(KERNEL)) {
            return new SecureRandom()::nextBytes;
        }
        try {
            InputStream kernel = new FileInputStream(KERNEL.toFile());
            return block -> read(kernel, block);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + KERNEL, e);
        }
    }

    private static void read(InputStream kernel, byte[] block) {
        try {
            if (kernel.readNBytes(block, 0, block.length) < block.length) {
                throw new IllegalStateException(KERNEL + " has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + KERNEL, e);
        }
    }
}
