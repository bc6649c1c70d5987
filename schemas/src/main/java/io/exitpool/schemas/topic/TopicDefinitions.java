package io.exitpool.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads the one file that says how Exitpool's topics are created, {@code topics.yaml}. */
public final class TopicDefinitions {

    private static final String RESOURCE = "/topics.yaml";

    private TopicDefinitions() {}

    /** All topics, in the order of the file. */
    public static List<TopicDefinition> load() {
        try (InputStream in = TopicDefinitions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** The definition of one topic. */
    public static TopicDefinition of(String topic) {
        return load().stream()
                .filter(definition -> definition.name().equals(topic))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("topics.yaml has no topic " + topic));
    }

    static List<TopicDefinition> parse(String yaml) throws JsonProcessingException {
        ObjectMapper mapper =
                new ObjectMapper(
                        YAMLFactory.builder()
                                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                                .build());
        File file = mapper.readValue(yaml, File.class);
        return file.topics().stream()
                .map(entry -> entry.definition(file.serverPartitions()))
                .toList();
    }

    /** The file. An unknown name is an error, because it is a misspelt one. */
    private record File(
            @JsonProperty(value = "server-partitions", required = true) int serverPartitions,
            @JsonProperty(value = "topics", required = true) List<Entry> topics) {}

    private record Entry(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "partitions", required = true) String partitions,
            @JsonProperty(value = "configs", required = true) Map<String, String> configs) {

        TopicDefinition definition(int serverPartitions) {
            boolean byServer = partitions.equals("by-server");
            return new TopicDefinition(
                    name,
                    byServer,
                    byServer ? serverPartitions : Integer.parseInt(partitions),
                    configs);
        }
    }
}
