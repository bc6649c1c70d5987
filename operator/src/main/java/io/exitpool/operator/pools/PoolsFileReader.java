package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import io.exitpool.schemas.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Turns the YAML of a pools file into a {@link PoolsFile}. It goes on after an error, so that all
 * are told at once; what it could not read is left as if it were not written. Values that can be
 * read but cannot be are left to {@link PoolsFileChecks}.
 */
final class PoolsFileReader {

    private static final Set<String> FILE_KEYS = Set.of("defaults", "servers");
    private static final Set<String> SETTINGS_KEYS = PoolSettings.DEFAULT.texts().keySet();
    private static final Set<String> LADDER_KEYS = Set.of("shorten-rest-to", "share-up-to");
    private static final Set<String> SERVER_KEYS =
            union(SETTINGS_KEYS, "v4", "v6", "slots", "next-slot-id", "country", "city");

    static final Function<String, Integer> WHOLE_NUMBER =
            text -> {
                try {
                    return Integer.valueOf(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
                }
            };

    private static final Function<String, String> WORD = text -> text;

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> partlyRead = new HashSet<>();

    PoolsFile read(String yaml, Limits limits) {
        YamlMap document = YamlMap.document(yaml, (line, what) -> problem("", line, what));
        unknown(document, "", FILE_KEYS);
        PoolSettings defaults =
                map(document, "defaults", "defaults")
                        .map(
                                given ->
                                        settings(
                                                given,
                                                "defaults",
                                                SETTINGS_KEYS,
                                                PoolSettings.DEFAULT))
                        .orElse(PoolSettings.DEFAULT);
        SortedMap<String, ServerPool> servers = new TreeMap<>();
        map(document, "servers", "servers")
                .ifPresent(
                        all ->
                                all.entries()
                                        .forEach(
                                                (name, node) ->
                                                        servers.put(
                                                                name,
                                                                server(
                                                                        name, node, defaults,
                                                                        limits))));
        return new PoolsFile(defaults, servers);
    }

    List<Problem> problems() {
        return problems;
    }

    /** Servers of which a slot could not be read, so that counting them would mislead. */
    Set<String> partlyRead() {
        return partlyRead;
    }

    /** The line of the place, or of the nearest one around it. */
    OptionalInt lineOf(String path) {
        String at = path;
        while (!lines.containsKey(at)) {
            int dot = at.lastIndexOf('.');
            if (dot < 0) {
                return OptionalInt.empty();
            }
            at = at.substring(0, dot);
        }
        return OptionalInt.of(lines.get(at));
    }

    private ServerPool server(String name, Node node, PoolSettings defaults, Limits limits) {
        String path = "servers." + name;
        lines.put(path, YamlMap.line(node));
        YamlMap map = YamlMap.of(node, errors(path));
        if (!(node instanceof MappingNode)) {
            partlyRead.add(name);
            return new ServerPool(
                    List.of(), defaults, OptionalInt.empty(), Optional.empty(), Optional.empty());
        }
        PoolSettings settings = settings(map, path, SERVER_KEYS, defaults);
        SlotListReader slots = new SlotListReader(this, limits);
        List<WantedSlot> wanted = slots.read(map, path);
        if (!slots.allRead()) {
            partlyRead.add(name);
        }
        return new ServerPool(
                wanted,
                settings,
                toInt(value(map, path, "next-slot-id", WHOLE_NUMBER)),
                value(map, path, "country", WORD),
                value(map, path, "city", WORD));
    }

    private PoolSettings settings(
            YamlMap map, String path, Set<String> known, PoolSettings defaults) {
        unknown(map, path, known);
        Rungs rungs =
                map.get("ladder")
                        .map(node -> ladder(node, path + ".ladder"))
                        .orElse(new Rungs(defaults.shortenRestTo(), defaults.shareUpTo()));
        return new PoolSettings(
                value(map, path, "cap", WHOLE_NUMBER).orElse(defaults.cap()),
                value(map, path, "min-rest", Quantities::duration).orElse(defaults.minRest()),
                value(map, path, "placement", PoolsFileReader::placement)
                        .orElse(defaults.placement()),
                rungs.shortenRestTo(),
                rungs.shareUpTo(),
                value(map, path, "max-resting-share", Quantities::share)
                        .orElse(defaults.maxRestingShare()),
                value(map, path, "lease-ttl", Quantities::duration).orElse(defaults.leaseTtl()),
                value(map, path, "target-blocking", Quantities::share)
                        .orElse(defaults.targetBlocking()));
    }

    /** What stands for a ladder; one that is written replaces the defaults' as a whole. */
    private record Rungs(Optional<Duration> shortenRestTo, OptionalInt shareUpTo) {}

    private Rungs ladder(Node node, String path) {
        lines.put(path, YamlMap.line(node));
        if (YamlMap.text(node).filter("none"::equals).isPresent()) {
            return new Rungs(Optional.empty(), OptionalInt.empty());
        }
        YamlMap ladder = YamlMap.of(node, errors(path));
        unknown(ladder, path, LADDER_KEYS);
        return new Rungs(
                value(ladder, path, "shorten-rest-to", Quantities::duration),
                toInt(value(ladder, path, "share-up-to", WHOLE_NUMBER)));
    }

    private static Placement placement(String text) {
        return Arrays.stream(Placement.values())
                .filter(placement -> PoolSettings.text(placement).equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'"
                                                + text
                                                + "' is none of "
                                                + Arrays.stream(Placement.values())
                                                        .map(PoolSettings::text)
                                                        .collect(Collectors.joining(", "))));
    }

    /** A scalar, read; empty when it is absent or wrong, which is then on record. */
    <T> Optional<T> value(YamlMap map, String path, String key, Function<String, T> read) {
        Optional<Node> node = map.get(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String at = path + "." + key;
        lines.put(at, YamlMap.line(node.get()));
        Optional<String> text = YamlMap.text(node.get());
        if (text.isEmpty()) {
            problem(at, YamlMap.line(node.get()), "is one value, not empty, a list or a mapping");
            return Optional.empty();
        }
        return read(at, node.get(), text.get(), read);
    }

    <T> Optional<T> read(String path, Node node, String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException e) {
            problem(path, YamlMap.line(node), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<YamlMap> map(YamlMap map, String key, String path) {
        Optional<Node> node = map.get(key);
        node.ifPresent(found -> lines.put(path, YamlMap.line(found)));
        return node.map(found -> YamlMap.of(found, errors(path)));
    }

    void unknown(YamlMap map, String path, Set<String> known) {
        for (String key : map.keysOtherThan(known)) {
            String at = path.isEmpty() ? key : path + "." + key;
            problem(
                    at,
                    YamlMap.line(map.get(key).orElseThrow()),
                    "unknown; what may stand here: "
                            + known.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    BiConsumer<Integer, String> errors(String path) {
        return (line, what) -> problem(path, line, what);
    }

    void problem(String path, int line, String what) {
        problems.add(
                new Problem(path, line == 0 ? OptionalInt.empty() : OptionalInt.of(line), what));
    }

    static OptionalInt toInt(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
