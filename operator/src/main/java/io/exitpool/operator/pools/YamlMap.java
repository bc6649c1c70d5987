package io.exitpool.operator.pools;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML document whose values keep the line they stand on, and whose scalars keep
 * their text: {@code no} is a country here and never a boolean. Keys named twice are errors.
 */
final class YamlMap {

    /** 64 million characters: a fleet's file with every slot on a line of its own. */
    private static final int MAX_CHARACTERS = 64 << 20;

    private final Map<String, Node> entries;

    private YamlMap(Map<String, Node> entries) {
        this.entries = entries;
    }

    /**
     * The document's mapping; an empty one when it has none.
     *
     * @param error takes the line, 0 when unknown, and what is wrong
     */
    static YamlMap document(String yaml, BiConsumer<Integer, String> error) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        Node root;
        try {
            root = new Yaml(options).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            error.accept(line, "this is not YAML: " + e.getProblem());
            return new YamlMap(Map.of());
        } catch (YAMLException e) {
            error.accept(0, "this is not YAML: " + e.getMessage());
            return new YamlMap(Map.of());
        }
        if (root == null) {
            return new YamlMap(Map.of());
        }
        return of(root, error);
    }

    static YamlMap of(Node node, BiConsumer<Integer, String> error) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            error.accept(line(node), "is a mapping of names to values");
            return new YamlMap(entries);
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<String> key = text(tuple.getKeyNode());
            if (key.isEmpty()) {
                error.accept(line(tuple.getKeyNode()), "has a key that is no plain name");
            } else if (entries.putIfAbsent(key.get(), tuple.getValueNode()) != null) {
                error.accept(line(tuple.getKeyNode()), "names '" + key.get() + "' twice");
            }
        }
        return new YamlMap(entries);
    }

    Optional<Node> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    Map<String, Node> entries() {
        return entries;
    }

    List<String> keysOtherThan(Set<String> known) {
        return entries.keySet().stream().filter(key -> !known.contains(key)).toList();
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }

    /** The scalar's text as written; empty for anything else, and for null. */
    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }
}
