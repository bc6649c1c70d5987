package io.exitpool.it;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A kernel's exit map in a file, a line a tunnel: its number, its slot, its address. */
final class KernelFile {
    private KernelFile() {}

    /** A kernel with the tunnels of the file, which follows every change from now on. */
    static Kernel open(Path file) {
        Kernel[] kernel = new Kernel[1];
        kernel[0] = new Kernel(() -> write(file, byNumber(kernel[0].exits())));
        read(file).forEach(kernel[0]::resume);
        return kernel[0];
    }

    /** What the file holds; nothing if there is none. */
    static Map<Integer, Exit> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .collect(
                            Collectors.toMap(
                                    fields -> Integer.valueOf(fields[0]),
                                    fields -> new Exit(Integer.parseInt(fields[1]), fields[2])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the file, all or nothing. */
    static void write(Path file, Map<Integer, Exit> exits) {
        String lines =
                exits.entrySet().stream()
                        .map(
                                e ->
                                        e.getKey()
                                                + " "
                                                + e.getValue().slot()
                                                + " "
                                                + e.getValue().address())
                        .collect(Collectors.joining("\n"));
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, Exit> byNumber(Map<Tunnel, Exit> exits) {
        Map<Integer, Exit> byNumber = new TreeMap<>();
        exits.forEach((tunnel, exit) -> byNumber.put(tunnel.number(), exit));
        return byNumber;
    }
}
