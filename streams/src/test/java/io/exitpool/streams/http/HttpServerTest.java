package io.exitpool.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.streams.allocation.AllocationMonitor;
import io.exitpool.streams.allocation.AllocationMonitor.Progress;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.insight.InsightMonitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Integer, Progress> partitions = new TreeMap<>();
    private final Map<Integer, InsightMonitor.Progress> counted = new TreeMap<>();
    private final Health health =
            new Health(Set.of(Part.values()), () -> partitions, () -> counted, () -> NOW);
    private final Metrics metrics = new Metrics();
    private final PoolStatuses statuses = new PoolStatuses();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(new HostPort("127.0.0.1", 0), health, metrics, statuses);
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void shouldBeAliveUnlessTheClientStoppedOverAnError() throws Exception {
        health.changed(Part.ALLOCATION, State.REBALANCING);
        health.changed(Part.INSIGHT, State.RUNNING);

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(json(get("/healthz")).get("states").get("allocation").asText())
                .isEqualTo("REBALANCING");

        health.changed(Part.INSIGHT, State.ERROR);

        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        assertThat(json(get("/healthz")).get("alive").asBoolean()).isFalse();
    }

    @Test
    void shouldBeReadyWhenEveryPartitionIsUpToDate() throws Exception {
        health.changed(Part.ALLOCATION, State.RUNNING);
        health.changed(Part.INSIGHT, State.RUNNING);
        partitions.put(0, progress(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        partitions.put(5, progress(Duration.ofSeconds(14), Duration.ofSeconds(29)));

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(json(get("/readyz")).get("partitions").asInt()).isEqualTo(2);
    }

    @Test
    void shouldSayWhyItIsNotReady() throws Exception {
        health.changed(Part.ALLOCATION, State.REBALANCING);
        health.changed(Part.INSIGHT, State.RUNNING);
        partitions.put(1, new Progress(Optional.empty(), Optional.empty()));
        partitions.put(2, progress(Duration.ofSeconds(20), Duration.ofSeconds(1)));
        partitions.put(3, progress(Duration.ofSeconds(1), Duration.ofMinutes(10)));
        partitions.put(4, progress(Duration.ofSeconds(1), Duration.ofSeconds(1)));

        HttpResponse<String> answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("notReady"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "the allocation is REBALANCING",
                        "partition 1 has read no Tick yet",
                        "partition 2 has read no Tick for 20 s",
                        "partition 3 is 600 s behind");
    }

    @Test
    void shouldSayThatWindowsStandStillWithTheAllocation() throws Exception {
        health.changed(Part.ALLOCATION, State.RUNNING);
        health.changed(Part.INSIGHT, State.RUNNING);
        counted.put(3, new InsightMonitor.Progress(NOW.minusSeconds(14), NOW));
        counted.put(4, new InsightMonitor.Progress(NOW.minusSeconds(40), NOW));

        HttpResponse<String> answer = get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("notes"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "no window of partition 4 closes: no pool status for 40 s, the allocation"
                                + " does not run there");
    }

    @Test
    void shouldShowItsMetersInPrometheusText() throws Exception {
        new AllocationMonitor(metrics.registry(), InstantSource.system());
        new DeadLetters(metrics.registry());

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains(
                        "exitpool_dead_letters_total{reason=\"wrong-partition\"} 0.0",
                        "exitpool_decisions_total{cause=\"exhausted\",outcome=\"rejected\"} 0.0",
                        "exitpool_pools 0.0",
                        "jvm_memory_used_bytes");
    }

    @Test
    void shouldTellItsHealthInMeters() throws Exception {
        metrics.bind(health);
        health.changed(Part.ALLOCATION, State.RUNNING);
        health.changed(Part.INSIGHT, State.REBALANCING);
        partitions.put(1, new Progress(Optional.empty(), Optional.empty()));
        partitions.put(2, progress(Duration.ofSeconds(2), Duration.ofSeconds(3)));
        counted.put(3, new InsightMonitor.Progress(NOW, NOW.minusSeconds(40)));
        counted.put(4, new InsightMonitor.Progress(NOW, NOW.minusSeconds(1)));

        assertThat(get("/metrics").body())
                .contains(
                        "exitpool_ready 0.0",
                        "exitpool_running{part=\"allocation\"} 1.0",
                        "exitpool_running{part=\"insight\"} 0.0",
                        "exitpool_behind_seconds 5.0",
                        "exitpool_insight_behind_seconds 40.0");
    }

    @Test
    void shouldAskForPatienceWhileTheStatusesAreRead() throws Exception {
        statuses.put("se-sto-wg-208", status());

        HttpResponse<String> all = get("/api/pools");

        assertThat(all.statusCode()).isEqualTo(503);
        assertThat(json(all).get("hint").asText()).contains("try again");
        assertThat(get("/api/pools/de-fra-wg-103").statusCode()).isEqualTo(503);
        assertThat(get("/api/pools/se-sto-wg-208").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldListThePools() throws Exception {
        statuses.put("se-sto-wg-208", status());
        statuses.put("de-fra-wg-103", status());
        statuses.put("us-nyc-wg-601", status());
        statuses.put("us-nyc-wg-601", null);
        statuses.complete();

        JsonNode pools = json(get("/api/pools")).get("pools");

        assertThat(pools)
                .extracting(pool -> pool.get("server").asText())
                .containsExactly("de-fra-wg-103", "se-sto-wg-208");
        assertThat(pools.get(0).get("free").asInt()).isEqualTo(1);
        assertThat(pools.get(0).get("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(pools.get(0).has("failed")).isFalse();
        assertThat(pools.get(0).has("slotMap")).isFalse();
    }

    @Test
    void shouldShowAPoolSlotBySlot() throws Exception {
        statuses.put("se-sto-wg-208", status());
        statuses.complete();

        HttpResponse<String> answer = get("/api/pools/se-sto-wg-208");

        assertThat(answer.body())
                .isEqualTo(
                        "{\"server\":\"se-sto-wg-208\",\"at\":\"2026-01-01T00:00:00Z\","
                                + "\"configVersion\":3,\"synced\":true,\"slots\":4,\"free\":1,"
                                + "\"resting\":1,\"inUse\":1,\"setAside\":1,\"sessions\":2,"
                                + "\"cap\":2,\"draining\":false,\"retiring\":1,"
                                + "\"epoch\":1767225600000000,\"retiringSlots\":[7],\"slotMap\":["
                                + "{\"state\":\"FREE\",\"load\":0},"
                                + "{\"state\":\"RESTING\",\"load\":0},"
                                + "{\"state\":\"IN_USE\",\"load\":2},"
                                + "{\"state\":\"SET_ASIDE\",\"load\":63}],"
                                + "\"counters\":{\"duplicates\":1,\"staleEpochs\":2,"
                                + "\"unknownEnds\":3,\"adoptionConflicts\":4,"
                                + "\"incompleteSnapshots\":5,\"skewedClocks\":6}}");
    }

    @Test
    void shouldSayWhatToDoAboutAnUnknownServer() throws Exception {
        statuses.complete();

        HttpResponse<String> answer = get("/api/pools/no-such-server");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("error").asText()).isEqualTo("no pool of this name");
        assertThat(json(answer).get("hint").asText()).contains("/api/pools", "pools apply");
    }

    @Test
    void shouldSayWhatThereIsInsteadOfAPageThatIsNot() throws Exception {
        HttpResponse<String> answer = get("/index.html");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("hint").asText()).contains("/healthz", "/metrics");
    }

    @Test
    void shouldOnlyBeRead() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request("/api/pools").POST(BodyPublishers.noBody()).build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(json(answer).get("error").asText()).contains("GET");
    }

    private static Progress progress(Duration readAgo, Duration behind) {
        return new Progress(Optional.of(NOW.minus(readAgo)), Optional.of(behind));
    }

    private static PoolStatus status() {
        return PoolStatus.newBuilder()
                .setWatermark(NOW.toEpochMilli())
                .setDecisions(1_767_225_600_000_123L)
                .setEpoch(1_767_225_600_000_000L)
                .setConfigVersion(3L)
                .setSynced(true)
                .setSilentMillis(12_000)
                .setSlots(4)
                .setFree(1)
                .setResting(1)
                .setInUse(1)
                .setSetAside(1)
                .setSessions(2)
                .setLoads(List.of(0, 1))
                .setCap(2)
                .setMinRestMillis(600_000)
                .setTargetBlocking(0.001)
                .setRetiring(List.of(7))
                .setSlotMap(ByteBuffer.wrap(new byte[] {0, 0x40, (byte) 0x82, (byte) 0xff}))
                .setCounters(new PoolCounters(1L, 2L, 3L, 4L, 5L, 6L, 7L))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return new ObjectMapper().readTree(answer.body());
    }
}
