package io.exitpool.operator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SchemasCommandTest {

    private static final String STATUS = Topics.POOL_STATUS.subject();

    @TempDir private Path folder;
    private HttpRegistry registry;

    /** What a command printed and returned. */
    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        registry = new HttpRegistry();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void shouldRegisterEverySchemaAndItsCompatibility() throws Exception {
        Outcome outcome = run("register");

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                0,
                                """
                                exit-session-events-value: registered, id 1, version 1
                                exit-pool-configs-value: registered, id 2, version 1
                                exit-pool-decisions-value: registered, id 3, version 1
                                exit-pool-status-value: registered, id 4, version 1
                                exit-pool-stats-1m-value: registered, id 5, version 1
                                exit-pool-stats-1h-value: registered, id 5, version 1
                                exit-fleet-stats-1m-value: registered, id 5, version 1
                                exit-fleet-stats-1h-value: registered, id 5, version 1
                                exit-pool-alerts-value: registered, id 6, version 1
                                """,
                                ""));
        Topics.all()
                .forEach(
                        topic ->
                                assertThat(registry.levels())
                                        .containsEntry(topic.subject(), "BACKWARD_TRANSITIVE"));
        assertThat(registry.memory().getSchemaById(4).rawSchema())
                .isEqualTo(Topics.POOL_STATUS.schema());
    }

    @Test
    void shouldChangeNothingTheSecondTime() {
        Outcome first = run("register");
        int before = registry.requests().size();

        Outcome second = run("register");

        assertThat(second).isEqualTo(first);
        assertThat(registry.requests().subList(before, registry.requests().size()))
                .noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void shouldRegisterAnotherVersion() throws Exception {
        registry.memory().register(STATUS, earlier());

        assertThat(run("register").out()).contains(STATUS + ": registered, id 5, version 2\n");
    }

    @Test
    void shouldSayThatTheRegistryRefusesASchema() throws Exception {
        registry.memory().register(STATUS, incompatible());

        Outcome outcome = run("register");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("The schema registry at " + registry.url() + " refused: Schema being")
                .contains("watermark");
    }

    @Test
    void shouldCheckARegistryThatKnowsNothing() {
        Outcome outcome = run("check");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains(
                        "exit-session-events-value: compatible, the first of its subject; schemas"
                                + " register registers it\n"
                                + "    its compatibility is the registry's default; schemas"
                                + " register makes it BACKWARD_TRANSITIVE\n");
        assertThat(registry.requests()).noneMatch(request -> request.endsWith("/versions/"));
        assertThat(registry.levels()).isEmpty();
    }

    @Test
    void shouldCheckARegistryThatKnowsAll() {
        Outcome registered = run("register");

        assertThat(run("check")).isEqualTo(registered);
    }

    @Test
    void shouldSayThatANewVersionIsCompatible() throws Exception {
        registry.levels().put(STATUS, "BACKWARD_TRANSITIVE");
        registry.memory().register(STATUS, earlier());

        Outcome outcome = run("check");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains(STATUS + ": compatible with 1 version; schemas register registers it\n");
    }

    @Test
    void shouldFindABreakWithAnOldVersionThatTheRegistryWouldLetPass() throws Exception {
        // given an old version that we cannot read, a newer one that we can, and a level that
        // looks at the newest only
        registry.memory().register(STATUS, incompatible());
        registry.memory().register(STATUS, earlier());
        registry.levels().put(STATUS, "BACKWARD");

        Outcome outcome = run("check");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out())
                .contains(STATUS + ": INCOMPATIBLE\n    version 1: ")
                .contains("watermark")
                .contains("    its compatibility is BACKWARD; schemas register makes it")
                .contains("exit-pool-decisions-value: compatible");
    }

    @Test
    void shouldBelieveARegistryThatIsStricter() throws Exception {
        // given a level by which the older reader must read our records too
        registry.memory().register(STATUS, with("{\"name\":\"zone\",\"type\":\"string\"}"));
        registry.levels().put(STATUS, "FULL");

        Outcome outcome = run("check");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains(STATUS + ": INCOMPATIBLE\n    ").contains("zone");
    }

    @Test
    void shouldSpeakForItselfWithUserAndPassword() throws IOException {
        Path file = folder.resolve("exitpool.properties");
        Files.writeString(file, "schema.registry.basic.auth.user.info=writer:open-sesame\n");

        Outcome outcome = run("register", "--config", file.toString());

        assertThat(outcome.code()).isZero();
        assertThat(registry.headers())
                .allSatisfy(
                        headers ->
                                assertThat(headers.getFirst("Authorization"))
                                        .isEqualTo(
                                                "Basic "
                                                        + Base64.getEncoder()
                                                                .encodeToString(
                                                                        "writer:open-sesame"
                                                                                .getBytes())));
    }

    @Test
    void shouldSpeakForItselfWithAToken() throws IOException {
        Path file = folder.resolve("exitpool.properties");
        Files.writeString(file, "schema.registry.bearer.auth.token=open-sesame\n");

        assertThat(run("check", "--config", file.toString()).code()).isZero();
        assertThat(registry.headers())
                .allSatisfy(
                        headers ->
                                assertThat(headers.getFirst("Authorization"))
                                        .isEqualTo("Bearer open-sesame"));
    }

    @Test
    void shouldRefuseOAuthAsWrongUsage() throws IOException {
        Path file = folder.resolve("exitpool.properties");
        Files.writeString(file, "schema.registry.bearer.auth.credentials.source=OAUTHBEARER\n");

        Outcome outcome = run("check", "--config", file.toString());

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("OAUTHBEARER is not supported").contains("STATIC_TOKEN");
        assertThat(registry.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldSayThatItIsRefused(int status) {
        registry.answerAllWith(status, "{\"error_code\":" + status + ",\"message\":\"no\"}");

        Outcome outcome = run("register");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .isEqualTo(
                        "The schema registry at "
                                + registry.url()
                                + " refuses us ("
                                + status
                                + "). Check schema.registry.basic.auth.user.info or"
                                + " schema.registry.bearer.auth.token, and what they are allowed"
                                + " to\n");
    }

    @Test
    void shouldSayThatTheRegistryIsInTrouble() {
        registry.answerAllWith(503, "{\"error_code\":50003,\"message\":\"no leader\"}");

        Outcome outcome = run("check");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("is in trouble (503)").contains("no leader");
    }

    @Test
    void shouldSayThatSomethingElseAnswers() {
        registry.answerAllWith(404, "<h1>Not Found</h1>");

        Outcome outcome = run("check");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("is no schema registry (404). Check --registry");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        registry.close();

        Outcome outcome = run("register");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .isEqualTo(
                        "The schema registry at "
                                + registry.url()
                                + " does not answer: Connection refused. Check --registry\n");
    }

    @Test
    void shouldWantASubcommand() {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new SchemasCommand()).setErr(new PrintWriter(err, true));

        assertThat(line.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing a subcommand of schemas");
    }

    private Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--registry", registry.url()));
        int code =
                new CommandLine(new SchemasCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(all.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A status from before draining pools: readable with the default. */
    private static AvroSchema earlier() {
        String now = Topics.POOL_STATUS.schema().toString();
        String before = now.replaceAll("\\{\"name\":\"draining\",[^}]*\\},", "");
        assertThat(before).isNotEqualTo(now);
        return new AvroSchema(before);
    }

    /** A status without a watermark: it has no default. */
    private static AvroSchema incompatible() {
        String now = Topics.POOL_STATUS.schema().toString();
        String before = now.replaceAll("\\{\"name\":\"watermark\",[^}]*\\},", "");
        assertThat(before).isNotEqualTo(now);
        return new AvroSchema(before);
    }

    private static AvroSchema with(String field) {
        return new AvroSchema(
                Topics.POOL_STATUS
                        .schema()
                        .toString()
                        .replaceFirst("\"fields\":\\[", "\"fields\":[" + field + ","));
    }
}
