package io.exitpool.bench.peers;

import io.exitpool.bench.report.Median;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the durable peers wait for: without it their figures cannot be compared with others'. */
final class Disk {

    private static final int BLOCK_BYTES = 4_096;
    private static final int WRITES = 201;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private Disk() {}

    /** Median milliseconds to append a block to a file and synchronise it to the disk. */
    static double syncMillis(Path directory) {
        Path file = directory.resolve("sync");
        double[] millis = new double[WRITES];
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < WRITES; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                channel.force(false);
                millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLISECOND;
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Median.of(millis);
    }
}
