package io.exitpool.connect.dns.name;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A host name with holes, such as {@code {address-dashed}.{server}.exits.example.net}. The holes
 * take the address and the exit server and nothing else: by construction no name says anything
 * about a session.
 */
public final class NameTemplate {

    private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LABEL =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private enum Hole {
        /** {@code 192-0-2-7}; IPv6 in full, {@code 2001-0db8-...-0007}, as one label. */
        ADDRESS_DASHED("address-dashed", (address, server) -> dashed(address)),
        /** {@code c0000207}. */
        ADDRESS_HEX("address-hex", (address, server) -> hex(address, "", 16)),
        SERVER("server", (address, server) -> server),
        /** {@code v4} or {@code v6}. */
        FAMILY("family", (address, server) -> address instanceof Inet4Address ? "v4" : "v6");

        private final String word;
        private final BiFunction<InetAddress, String, String> filling;

        Hole(String word, BiFunction<InetAddress, String, String> filling) {
            this.word = word;
            this.filling = filling;
        }

        static Hole of(String word) {
            for (Hole hole : values()) {
                if (hole.word.equals(word)) {
                    return hole;
                }
            }
            throw new IllegalArgumentException(
                    "{" + word + "} is not known; use " + String.join(", ", words()));
        }

        static Set<String> words() {
            Set<String> words = new TreeSet<>();
            for (Hole hole : values()) {
                words.add("{" + hole.word + "}");
            }
            return words;
        }
    }

    private final String text;

    private NameTemplate(String text) {
        this.text = text;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it has an unknown hole, or cannot give a host name of two
     *     labels or more
     */
    public static NameTemplate parse(String text) {
        Matcher holes = HOLE.matcher(text);
        while (holes.find()) {
            Hole.of(holes.group(1));
        }
        NameTemplate template = new NameTemplate(text);
        template.name(InetAddresses.parse("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), "a-server");
        return template;
    }

    /**
     * The absolute name.
     *
     * @throws IllegalArgumentException if what comes out is no host name: a label above 63
     *     characters, or a character that host names do not have
     */
    public Name name(InetAddress address, String server) {
        String name =
                HOLE.matcher(text)
                        .replaceAll(
                                (MatchResult hole) ->
                                        Matcher.quoteReplacement(
                                                Hole.of(hole.group(1))
                                                        .filling
                                                        .apply(address, server)));
        String absolute = name.endsWith(".") ? name : name + ".";
        checkLabels(name, absolute);
        try {
            return Name.fromString(absolute);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + name + "' is no host name", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private void checkLabels(String name, String absolute) {
        String[] labels = absolute.substring(0, absolute.length() - 1).split("\\.", -1);
        if (labels.length < 2) {
            throw new IllegalArgumentException(
                    "'" + name + "' of '" + text + "' has one label; add your domain");
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException(
                        "'%s' in '%s' of '%s' is no label of a host name: up to 63 of a-z, 0-9, -"
                                .formatted(label, name, text));
            }
        }
    }

    private static String dashed(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress().replace('.', '-');
        }
        return hex(address, "-", 2);
    }

    private static String hex(InetAddress address, String separator, int bytesPerGroup) {
        byte[] bytes = address.getAddress();
        StringJoiner groups = new StringJoiner(separator);
        StringBuilder group = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            group.append("%02x".formatted(bytes[i] & 0xff));
            if ((i + 1) % bytesPerGroup == 0 || i == bytes.length - 1) {
                groups.add(group);
                group.setLength(0);
            }
        }
        return groups.toString();
    }
}
