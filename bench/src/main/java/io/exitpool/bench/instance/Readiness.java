package io.exitpool.bench.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.InterruptException;

/** What an instance tells of itself over HTTP. Before it listens it is at nothing. */
public final class Readiness {
    /**
     * A setting with which {@link #copiesAreUpToDate} tells of the last seconds and not of the last
     * minute. It changes what is told and nothing that is done.
     */
    public static final Map<String, String> SHORT_MEMORY =
            Map.of("kafka.restore.consumer.metrics.sample.window.ms", "1000");

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Pattern CLIENT =
            Pattern.compile("client_id=\"(exitpool-allocation-[0-9a-f-]{36})-");

    /** The furthest that the allocation's copies were behind their originals a moment ago. */
    private static final String COPIES_BEHIND = "kafka_consumer_fetch_manager_records_lag_max";

    private static final String COPIES = "client_id=\"exitpool-allocation-[^\"]*restore-consumer\"";

    /** Of copies that are read as soon as their originals are written; in records. */
    private static final double NOT_BEHIND = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    Readiness(String url) {
        this.url = url;
    }

    /** How many partitions have their pools, once the allocation runs; before, none. */
    public int partitions() {
        Optional<String> page = get("/readyz");
        if (page.isEmpty()) {
            return 0;
        }
        try {
            JsonNode ready = json.readTree(page.get());
            boolean runs = ready.at("/states/allocation").asText().equals("RUNNING");
            return runs ? ready.at("/partitions").asInt() : 0;
        } catch (IOException e) {
            throw new IllegalStateException("/readyz is no JSON", e);
        }
    }

    /** What the names of its allocation's clients begin with. */
    public Optional<String> client() {
        return get("/metrics")
                .map(CLIENT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    /** Whether the copies that it keeps of other instances' stores are as good as these. */
    public boolean copiesAreUpToDate() {
        List<Double> behind = metrics(COPIES_BEHIND, COPIES);
        // Before the first record it is not a number.
        return !behind.isEmpty() && behind.stream().allMatch(records -> records < NOT_BEHIND);
    }

    /**
     * The values that a metric has now.
     *
     * @param labels a regular expression of labels beside each other, empty for any
     */
    public List<Double> metrics(String name, String labels) {
        Pattern line =
                Pattern.compile("(?m)^" + name + "(?:\\{(?:.*,)?" + labels + ".*\\})? (\\S+)$");
        return get("/metrics").stream()
                .flatMap(page -> line.matcher(page).results())
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }

    /** A page, whatever its status; nothing while nobody listens. */
    private Optional<String> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_WITHIN).build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
