package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.exitpool.streams.app.ExitpoolApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of deploy/prometheus, held against Prometheus' own tool and a real instance. */
class PipelineRulesIT {
    private static final Path PROMETHEUS = Path.of("..", "deploy", "prometheus");
    private static final Path RULES = PROMETHEUS.resolve("exitpool-rules.yml");
    private static final Path TESTS = PROMETHEUS.resolve("exitpool-rules.test.yml");
    private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
    private static final Path DEPLOYMENT = Path.of("..", "docs", "deployment.md");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Every expression asks for the job's metrics; what is recorded needs no job. */
    private static final Pattern METRIC = Pattern.compile("\\b[a-z_]+\\{job=\"exitpool\"");

    private static final Pattern DOCUMENTED = Pattern.compile("`(exitpool_[a-z_]+)");

    private static final String POOLS =
            """
            servers:
              se-sto-wg-208: {v4: [192.0.2.1-192.0.2.20], min-rest: 1s}
            """;

    @Test
    void shouldPassPrometheusOwnTests() throws Exception {
        for (List<String> arguments :
                List.of(
                        List.of("check", "config", PROMETHEUS.resolve("prometheus.yml").toString()),
                        List.of("check", "rules", RULES.toString()),
                        List.of("test", "rules", TESTS.toString()))) {
            Program.Result result =
                    Program.required("promtool", "prometheus")
                            .with(arguments.toArray(String[]::new))
                            .run();

            assertThat(result.exitCode()).as(result.output()).isZero();
        }
    }

    @Test
    void shouldTestEachAlertFiringAndNotFiring() throws IOException {
        Map<String, Set<Boolean>> fires = new HashMap<>();
        for (JsonNode test : YAML.readTree(TESTS.toFile()).get("tests")) {
            for (JsonNode one : test.path("alert_rule_test")) {
                fires.computeIfAbsent(one.get("alertname").asText(), name -> new TreeSet<>())
                        .add(!one.get("exp_alerts").isEmpty());
            }
        }

        assertThat(fires).containsOnlyKeys(alerts());
        assertThat(fires).allSatisfy((alert, both) -> assertThat(both).as(alert).hasSize(2));
    }

    @Test
    void shouldSayOfEachAlertWhatToDo() throws IOException {
        Set<String> sections =
                Files.readAllLines(OPERATIONS).stream()
                        .filter(line -> line.startsWith("### Exitpool"))
                        .map(line -> line.substring("### ".length()))
                        .collect(Collectors.toSet());

        assertThat(sections).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void shouldAskOnlyForMetricsThatAnInstanceHas() throws Exception {
        try (Site site = Site.onSharedCluster();
                ScriptedServer server = new ScriptedServer(site.connection(), "se-sto-wg-208")) {
            // given
            site.applyPools(POOLS);
            Map<String, String> settings = site.settings("exitpool", "");
            settings.put("http.listen", "127.0.0.1:0");
            try (ExitpoolApp app = site.start(settings, ShortWindowsMain.rules(2_000))) {
                server.startAgent().up();
                Set<String> asked = asked();
                assertThat(asked).contains("exitpool_ready", "jvm_gc_max_data_size_bytes");
                asked.addAll(documented());

                // then: also those that begin with the first window
                Waiting.until(
                        "metrics that are asked for and missing",
                        () -> {
                            asked.removeAll(metrics(app));
                            return asked.isEmpty();
                        });
            }
        }
    }

    private static List<String> alerts() throws IOException {
        List<String> alerts = new ArrayList<>();
        for (JsonNode group : YAML.readTree(RULES.toFile()).get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                if (rule.has("alert")) {
                    alerts.add(rule.get("alert").asText());
                }
            }
        }
        return alerts;
    }

    /** The names in all expressions. {@code up} is Prometheus' own. */
    private static Set<String> asked() throws IOException {
        Set<String> asked =
                METRIC.matcher(Files.readString(RULES))
                        .results()
                        .map(MatchResult::group)
                        .map(match -> match.substring(0, match.indexOf('{')))
                        .collect(Collectors.toCollection(TreeSet::new));
        asked.remove("up");
        return asked;
    }

    /** The names in the table for operators. */
    private static Set<String> documented() throws IOException {
        Set<String> documented =
                DOCUMENTED
                        .matcher(Files.readString(DEPLOYMENT))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
        assertThat(documented).contains("exitpool_behind_seconds");
        // The first alert begins it.
        documented.remove("exitpool_alerts_total");
        return documented;
    }

    private static Set<String> metrics(ExitpoolApp app) throws Exception {
        URI address = URI.create("http://" + app.httpAddress().orElseThrow() + "/metrics");
        String scraped =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                        .body();
        return scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toSet());
    }
}
