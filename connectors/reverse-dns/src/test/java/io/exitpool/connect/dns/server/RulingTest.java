package io.exitpool.connect.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

class RulingTest {

    private static final Name ZONE = Name.fromConstantString("2.0.192.in-addr.arpa.");

    @ParameterizedTest
    @CsvSource({
        "10, NOTZONE, NAME_REFUSED, correct 'zones'",
        "2, SERVFAIL, PASSING, its log",
        "5, REFUSED, LASTING, allow-update",
        "9, NOTAUTH, LASTING, 'dns.server'",
        "4, NOTIMP, LASTING, see its log",
    })
    void shouldSayWhatToDoAboutARefusal(int rcode, String name, Ruling.Kind kind, String advice) {
        Ruling ruling = Ruling.of(rcode, Rcode.NOERROR, ZONE, "ns:53");

        assertThat(ruling.kind()).isEqualTo(kind);
        assertThat(ruling.advice()).startsWith(name).contains(advice, "ns:53");
    }

    @ParameterizedTest
    @CsvSource({
        "17, BADKEY, LASTING, 'tsig.key.name'",
        "16, BADSIG, LASTING, 'tsig.key.secret'",
        "18, BADTIME, PASSING, NTP",
    })
    void shouldSayWhatToDoAboutAKey(int error, String name, Ruling.Kind kind, String advice) {
        Ruling ruling = Ruling.of(Rcode.NOTAUTH, error, ZONE, "ns:53");

        assertThat(ruling.kind()).isEqualTo(kind);
        assertThat(ruling.advice()).startsWith(name).contains(advice);
    }

    @Test
    void shouldSayNothingOfSuccess() {
        assertThat(Ruling.of(Rcode.NOERROR, Rcode.NOERROR, ZONE, "ns:53")).isEqualTo(Ruling.MADE);
    }
}
