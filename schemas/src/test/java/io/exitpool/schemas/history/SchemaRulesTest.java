package io.exitpool.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants defects in our own schemas: a check that finds nothing there would prove nothing. */
class SchemaRulesTest {

    private static final String DECISION = Topics.DECISIONS.schema().toString();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "name":"loadAfter","type":"int"|"name":"loadAfter","type":"string"
                    "name":"loadAfter"|"name":"sessionsOnSlot"
                    "name":"grantedAt","type":"long"|"name":"grantedAt","type":"int"
                    "name":"SessionId","doc"|"name":"SessionNumber","doc"
                    "size":16|"size":20
                    "name":"epoch","type":["null","long"]|"name":"epoch","type":["null","int"]
                    "name":"Rejected"|"name":"Refused"
                    "name":"repeated","type":"boolean"|"name":"repeated","type":"int"
                    """)
    void shouldFindAChangeThatCannotReadOldRecords(String text, String defect) {
        assertThat(DECISION).contains(text);
        String changed =
                DECISION.replace(text, defect)
                        .replace(
                                "\"type\":\"int\",\"doc\":\"The session had this lease before;"
                                        + " nothing changed.\",\"default\":false",
                                "\"type\":\"int\",\"doc\":\"\",\"default\":0");

        assertThat(SchemaRules.incompatible(parse(changed), parse(DECISION))).isNotEmpty();
    }

    @Test
    void shouldFindAFieldWithoutADefault() {
        String changed =
                DECISION.replace(
                        "{\"name\":\"epoch\"",
                        "{\"name\":\"shard\",\"type\":\"int\",\"doc\":\"New.\"},{\"name\":\"epoch\"");

        assertThat(SchemaRules.incompatible(parse(changed), parse(DECISION)))
                .singleElement()
                .asString()
                .contains("shard");
    }

    @Test
    void shouldAllowAFieldWithADefaultAndAnotherSymbol() {
        String changed =
                DECISION.replace(
                                "{\"name\":\"epoch\"",
                                "{\"name\":\"shard\",\"type\":\"int\",\"default\":0},"
                                        + "{\"name\":\"epoch\"")
                        .replace("\"EXHAUSTED\",", "\"EXHAUSTED\",\"LUNCH_BREAK\",");

        assertThat(SchemaRules.incompatible(parse(changed), parse(DECISION))).isEmpty();
    }

    @Test
    void shouldFindABreakWithAnyVersionAndNotOnlyTheLast() throws IOException {
        // given a field that went in v2 and came back as something else: v3 and v1 disagree
        String v1 = record("{\"name\":\"a\",\"type\":\"int\"}");
        String v2 = record("");
        String v3 = record("{\"name\":\"a\",\"type\":\"string\",\"default\":\"\"}");
        Files.writeString(folder.resolve("v1.avsc"), v1);
        Files.writeString(folder.resolve("v2.avsc"), v2);

        SchemaHistory history = SchemaHistory.read(folder);

        assertThat(history.breaks(parse(v2))).isEmpty();
        assertThat(history.breaks(parse(v3)))
                .singleElement()
                .asString()
                .startsWith("the current schema cannot read records of v1, ");
        // and kept as v3 it is found again
        Files.writeString(folder.resolve("v3.avsc"), v3);
        assertThat(SchemaHistory.read(folder).breaks(parse(v3)))
                .anyMatch(text -> text.startsWith("v3 cannot read records of v1, "));
    }

    @Test
    void shouldFindASchemaThatIsNotKept() throws IOException {
        String v1 = record("{\"name\":\"a\",\"doc\":\"One.\",\"type\":\"int\"}");
        Schema other = parse(v1.replace("One.", "Another."));
        SchemaHistory none = SchemaHistory.read(folder);
        Files.writeString(
                folder.resolve("v1.avsc"), SchemaFormatter.format("json/pretty", parse(v1)));
        SchemaHistory one = SchemaHistory.read(folder);

        assertThat(none.endsWith(parse(v1))).isFalse();
        assertThat(none.next()).hasFileName("v1.avsc");
        assertThat(one.endsWith(parse(v1))).isTrue();
        assertThat(one.endsWith(other)).isFalse();
        assertThat(one.next()).hasFileName("v2.avsc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"doc\":\"Id of the slot.\"",
                ",\"doc\":\"The session gets no slot.\"",
                ",\"doc\":\"An IPv6 address in network byte order.\"",
                ",\"doc\":\"What was decided.\""
            })
    void shouldFindWhatIsNotExplained(String doc) {
        assertThat(DECISION).contains(doc);

        assertThat(SchemaRules.undocumented(parse(DECISION.replace(doc, "")))).isNotEmpty();
        assertThat(
                        SchemaRules.undocumented(
                                parse(DECISION.replace(doc, doc.replaceAll(":\".*\"", ":\" \"")))))
                .isNotEmpty();
    }

    @Test
    void shouldFindAnEnumWithoutADefault() {
        String changed = DECISION.replace(",\"default\":\"UNKNOWN\"", "");

        assertThat(SchemaRules.withoutDefault(parse(changed))).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account",
                "accountNumber",
                "key",
                "publicKey",
                "public_key",
                "pubkey",
                "peerPubkey",
                "presharedKeys",
                "tunnelAddress",
                "client",
                "clientIp",
                "srcIp4",
                "endpoint",
                "user",
                "userAgent",
                "email",
                "eMail",
                "customerId",
                "lastHandshake",
                "deviceName",
                "macAddress"
            })
    void shouldFindANameThatTellsOfAPerson(String name) {
        Schema asField = parse(DECISION.replace("\"grantedAt\"", "\"" + name + "\""));
        Schema asType = parse(DECISION.replace("\"Rejected\"", "\"" + name + "\""));

        assertThat(SchemaRules.personal(asField))
                .containsExactly(
                        "io.exitpool.schemas.Released."
                                + name
                                + " is a name that no topic may have (docs/data-inventory.md)");
        assertThat(SchemaRules.personal(asType)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"monkey", "superuserless", "speed", "recipe", "machine"})
    void shouldNotTakeAWordForAnother(String name) {
        Schema schema = parse(DECISION.replace("\"grantedAt\"", "\"" + name + "\""));

        assertThat(SchemaRules.personal(schema)).isEmpty();
    }

    @Test
    void shouldLookIntoArraysMapsAndUnions() {
        String deep =
                record(
                        "{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"map\","
                                + "\"values\":[\"null\",{\"type\":\"record\",\"name\":\"Deep\","
                                + "\"fields\":[{\"name\":\"pubkey\",\"type\":\"bytes\"}]}]}}}");

        assertThat(SchemaRules.personal(parse(deep))).hasSize(1);
        assertThat(SchemaRules.undocumented(parse(deep)))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(
                                "R has no doc",
                                "R.a has no doc",
                                "Deep has no doc",
                                "Deep.pubkey has no doc"));
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }
}
