package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the slots of one server of a pools file: either the lists {@code v4} and {@code v6}, which
 * pair up in order, or {@code slots}, in which each entry is a slot, or a row of slots when its
 * addresses are ranges.
 */
final class SlotListReader {

    private static final Set<String> SLOT_KEYS = Set.of("id", "v4", "v6");
    private static final Set<String> PREFIX_KEYS = Set.of("prefix", "whole", "count");

    private final PoolsFileReader reader;
    private final Limits limits;
    private boolean allRead = true;

    SlotListReader(PoolsFileReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** Whether everything that is written was read. */
    boolean allRead() {
        return allRead;
    }

    List<WantedSlot> read(YamlMap server, String path) {
        Optional<List<Node>> slots = list(server, path, "slots");
        Optional<List<Node>> v4 = list(server, path, "v4");
        Optional<List<Node>> v6 = list(server, path, "v6");
        if (slots.isPresent()) {
            if (v4.isPresent() || v6.isPresent()) {
                failed(path, server.get("slots"), "has slots, or else v4 and v6, not both");
            }
            return explicit(slots.get(), path + ".slots");
        }
        if (v4.isEmpty() && v6.isEmpty()) {
            allRead = false;
            reader.problem(path, 0, "has no addresses: write v4, v6 or slots");
            return List.of();
        }
        return paired(v4, v6, path);
    }

    private Optional<List<Node>> list(YamlMap server, String path, String key) {
        Optional<Node> node = server.get(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof SequenceNode sequence) {
            return Optional.of(sequence.getValue());
        }
        failed(path + "." + key, node, "is a list");
        return Optional.of(List.of());
    }

    private List<WantedSlot> paired(Optional<List<Node>> v4, Optional<List<Node>> v6, String path) {
        List<Address> fours = addresses(v4, path + ".v4", Address.Family.V4);
        List<Address> sixes = addresses(v6, path + ".v6", Address.Family.V6);
        if (!allRead) {
            return List.of();
        }
        if (v4.isPresent() && v6.isPresent() && fours.size() != sixes.size()) {
            allRead = false;
            reader.problem(
                    path,
                    v6.get().isEmpty() ? 0 : YamlMap.line(v6.get().get(0)),
                    "has "
                            + fours.size()
                            + " IPv4 and "
                            + sixes.size()
                            + " IPv6 addresses; they pair up in order, so there must be as many of"
                            + " each (or write slots)");
            return List.of();
        }
        List<WantedSlot> wanted = new ArrayList<>();
        for (int i = 0; i < Math.max(fours.size(), sixes.size()); i++) {
            Optional<Address> four =
                    i < fours.size() ? Optional.of(fours.get(i)) : Optional.empty();
            Optional<Address> six = i < sixes.size() ? Optional.of(sixes.get(i)) : Optional.empty();
            wanted.add(new WantedSlot(OptionalInt.empty(), new SlotAddresses(four, six)));
        }
        return wanted;
    }

    private List<Address> addresses(
            Optional<List<Node>> nodes, String path, Address.Family family) {
        List<Address> all = new ArrayList<>();
        int index = 0;
        for (Node node : nodes.orElse(List.of())) {
            String at = path + "[" + index++ + "]";
            Optional<AddressBlock> block = block(node, at).filter(b -> isOf(b, family, at, node));
            if (block.isEmpty()) {
                allRead = false;
            } else if (fits(all.size(), block.get().size(), at, node)) {
                all.addAll(block.get().addresses());
            }
        }
        return all;
    }

    private List<WantedSlot> explicit(List<Node> nodes, String path) {
        List<WantedSlot> wanted = new ArrayList<>();
        int index = 0;
        for (Node node : nodes) {
            String at = path + "[" + index++ + "]";
            YamlMap slot = YamlMap.of(node, reader.errors(at));
            reader.unknown(slot, at, SLOT_KEYS);
            Optional<Integer> id = reader.value(slot, at, "id", PoolsFileReader.WHOLE_NUMBER);
            Optional<AddressBlock> v4 = part(slot, at, "v4", Address.Family.V4);
            Optional<AddressBlock> v6 = part(slot, at, "v6", Address.Family.V6);
            boolean bothRead =
                    slot.get("v4").isPresent() == v4.isPresent()
                            && slot.get("v6").isPresent() == v6.isPresent();
            if (!bothRead || slot.get("id").isPresent() != id.isPresent()) {
                allRead = false;
            } else if (v4.isEmpty() && v6.isEmpty()) {
                failed(at, Optional.of(node), "has neither v4 nor v6");
            } else {
                row(wanted, id, v4, v6, at, node);
            }
        }
        return wanted;
    }

    private void row(
            List<WantedSlot> wanted,
            Optional<Integer> id,
            Optional<AddressBlock> v4,
            Optional<AddressBlock> v6,
            String at,
            Node node) {
        long size = v4.or(() -> v6).orElseThrow().size();
        if (v6.isPresent() && v6.get().size() != size) {
            failed(at, Optional.of(node), "has unequally many IPv4 and IPv6 addresses");
            return;
        }
        if (!fits(wanted.size(), size, at, node)) {
            return;
        }
        if (id.isPresent() && id.get() > Integer.MAX_VALUE - size) {
            failed(at, Optional.of(node), "has ids above 2147483646");
            return;
        }
        SlotAddresses first =
                new SlotAddresses(v4.map(AddressBlock::first), v6.map(AddressBlock::first));
        for (int i = 0; i < size; i++) {
            OptionalInt slotId =
                    id.isPresent() ? OptionalInt.of(id.get() + i) : OptionalInt.empty();
            wanted.add(new WantedSlot(slotId, first.plus(i)));
        }
    }

    private Optional<AddressBlock> part(
            YamlMap slot, String path, String key, Address.Family family) {
        Optional<Node> node = slot.get(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String at = path + "." + key;
        return block(node.get(), at).filter(block -> isOf(block, family, at, node.get()));
    }

    private Optional<AddressBlock> block(Node node, String path) {
        if (node instanceof MappingNode) {
            return prefix(YamlMap.of(node, reader.errors(path)), node, path);
        }
        Optional<String> text = YamlMap.text(node);
        if (text.isEmpty()) {
            reader.problem(path, YamlMap.line(node), "is an address, a range or a prefix");
            return Optional.empty();
        }
        return reader.read(path, node, text.get(), AddressBlock::parse);
    }

    private Optional<AddressBlock> prefix(YamlMap map, Node node, String path) {
        reader.unknown(map, path, PREFIX_KEYS);
        Optional<String> prefix = reader.value(map, path, "prefix", text -> text);
        Optional<Boolean> whole = reader.value(map, path, "whole", SlotListReader::yes);
        Optional<Integer> count = reader.value(map, path, "count", PoolsFileReader.WHOLE_NUMBER);
        if (prefix.isEmpty()) {
            if (map.get("prefix").isEmpty()) {
                reader.problem(path, YamlMap.line(node), "has no prefix");
            }
            return Optional.empty();
        }
        if (map.get("count").isPresent() && count.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong most = count.map(OptionalLong::of).orElse(OptionalLong.empty());
        return reader.read(
                path,
                node,
                prefix.get(),
                text -> AddressBlock.prefix(text, whole.orElse(false), most));
    }

    private static Boolean yes(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }

    private boolean isOf(AddressBlock block, Address.Family family, String path, Node node) {
        if (block.first().family() == family) {
            return true;
        }
        reader.problem(path, YamlMap.line(node), "is not " + family + " but listed as such");
        return false;
    }

    /** Whether so many more do not pass the limit; told before they are spelt out. */
    private boolean fits(long before, long more, String path, Node node) {
        if (more <= limits.maxSlots() - before) {
            return true;
        }
        failed(
                path,
                Optional.of(node),
                "makes "
                        + (more == Long.MAX_VALUE ? "far too many" : String.valueOf(before + more))
                        + " slots; a server has at most "
                        + limits.maxSlots());
        return false;
    }

    private void failed(String path, Optional<Node> node, String what) {
        allRead = false;
        reader.problem(path, node.map(YamlMap::line).orElse(0), what);
    }
}
