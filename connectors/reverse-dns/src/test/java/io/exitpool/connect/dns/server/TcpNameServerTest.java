package io.exitpool.connect.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

class TcpNameServerTest {

    private static final Name ZONE = Name.fromConstantString("2.0.192.in-addr.arpa.");
    private static final Name OWNER = Name.fromConstantString("7.2.0.192.in-addr.arpa.");
    private static final Name NAME = Name.fromConstantString("a.example.net.");
    private static final PtrUpdate NAMED = new PtrUpdate(OWNER, Optional.of(NAME));
    private static final PtrUpdate NAMELESS = new PtrUpdate(OWNER, Optional.empty());

    @Test
    void shouldReplaceTheRecordsOfAName() throws Exception {
        try (ScriptedDns dns = new ScriptedDns(ScriptedDns.Manner.SIGNS);
                TcpNameServer server = server(dns.endpoint())) {
            assertThat(server.update(ZONE, List.of(NAMED))).isEqualTo(Ruling.MADE);
            assertThat(server.update(ZONE, List.of(NAMELESS))).isEqualTo(Ruling.MADE);

            Message named = dns.received().get(0);
            assertThat(named.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
            assertThat(named.getTSIG().getName()).hasToString("exitpool.");
            assertThat(named.getSection(Section.UPDATE))
                    .extracting(Record::toString)
                    .satisfiesExactly(
                            removal -> assertThat(removal).contains("ANY", "PTR"),
                            added ->
                                    assertThat(added).contains("60", "IN", "PTR", "a.example.net"));
            assertThat(dns.received().get(1).getSection(Section.UPDATE)).hasSize(1);
        }
    }

    @Test
    void shouldSendAgainWhenTheServerHadHungUp() throws Exception {
        try (ScriptedDns dns = new ScriptedDns(ScriptedDns.Manner.HANGS_UP_AFTER_EACH);
                TcpNameServer server = server(dns.endpoint())) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.update(ZONE, List.of(NAMED))).isEqualTo(Ruling.MADE);
            }
        }
    }

    @Test
    void shouldNotBelieveAnAnswerWithoutASignature() throws Exception {
        try (ScriptedDns dns = new ScriptedDns(ScriptedDns.Manner.DOES_NOT_SIGN);
                TcpNameServer server = server(dns.endpoint())) {
            assertThatThrownBy(() -> server.update(ZONE, List.of(NAMED)))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("is not signed");
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        try (TcpNameServer server = server(new Endpoint("127.0.0.1", 1))) {
            assertThatThrownBy(() -> server.update(ZONE, List.of(NAMED)))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("no answer from the name server 127.0.0.1:1")
                    .hasMessageContaining("listens on TCP");
        }
    }

    private static TcpNameServer server(Endpoint endpoint) {
        return new TcpNameServer(
                endpoint, ScriptedDns.KEY, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }
}
