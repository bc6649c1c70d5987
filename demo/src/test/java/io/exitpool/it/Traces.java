package io.exitpool.it;

import io.exitpool.schemas.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for session ids where none should be. */
final class Traces {
    /** A store leaves out the first bytes of a key that are those of the key before it. */
    private static final int ENOUGH = 12;

    private Traces() {}

    /**
     * Which of the sessions stand somewhere in a directory's files, however deep: the last 96 bits
     * of their ids are enough to tell. A broker's index files are left out: they hold offsets, and
     * 10 MB of nothing.
     */
    static Set<SessionId> inFiles(Path directory, Collection<SessionId> sessions) {
        Map<Long, List<SessionId>> byLastHalf =
                sessions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        s -> ByteBuffer.wrap(s.bytes()).getLong(Long.BYTES)));
        Set<SessionId> found = new TreeSet<>();
        for (Path file : files(directory)) {
            ByteBuffer bytes = ByteBuffer.wrap(content(file));
            for (int end = ENOUGH; end <= bytes.limit(); end++) {
                for (SessionId session :
                        byLastHalf.getOrDefault(bytes.getLong(end - Long.BYTES), List.of())) {
                    if (endsAt(end, bytes.array(), session.bytes())) {
                        found.add(session);
                    }
                }
            }
        }
        return found;
    }

    /** The lines in which a session stands, in any way in which a program might print one. */
    static List<String> inLines(Stream<String> lines, Collection<SessionId> sessions) {
        Set<String> texts =
                sessions.stream()
                        .flatMap(session -> texts(session.bytes()))
                        .collect(Collectors.toSet());
        return lines.filter(line -> texts.stream().anyMatch(line::contains)).toList();
    }

    private static boolean endsAt(int end, byte[] bytes, byte[] id) {
        return Arrays.equals(bytes, end - ENOUGH, end, id, id.length - ENOUGH, id.length);
    }

    private static Stream<String> texts(byte[] id) {
        String hex = HexFormat.of().formatHex(id);
        long first = ByteBuffer.wrap(id).getLong();
        long second = ByteBuffer.wrap(id).getLong(Long.BYTES);
        String array = Arrays.toString(id);
        return Stream.of(
                hex,
                hex.toUpperCase(Locale.ROOT),
                hex.substring(0, 16),
                new UUID(first, second).toString(),
                Base64.getEncoder().encodeToString(id).substring(0, 20),
                Base64.getUrlEncoder().encodeToString(id).substring(0, 20),
                array.substring(1, array.length() - 1),
                HexFormat.ofDelimiter(" ").formatHex(id),
                HexFormat.ofDelimiter(":").formatHex(id),
                new BigInteger(1, id).toString(),
                Long.toString(first),
                Long.toUnsignedString(first),
                Long.toString(second));
    }

    private static List<Path> files(Path directory) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                            if (!file.getFileName().toString().contains("index")) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // A broker and a store delete files at any time.
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            // Deleted since it was listed.
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
