package io.exitpool.connect.dns.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTemplateTest {

    private static final InetAddress V4 = InetAddresses.parse("192.0.2.7");
    private static final InetAddress V6 = InetAddresses.parse("2001:db8:5::7");

    @ParameterizedTest
    @CsvSource({
        "{address-dashed}.{server}.exits.example.net, 192-0-2-7.se-sto-wg-208.exits.example.net.",
        "{server}.example.net., se-sto-wg-208.example.net.",
        "x{address-hex}.{family}.example.net, xc0000207.v4.example.net.",
    })
    void shouldFillTheHoles(String template, String name) {
        assertThat(NameTemplate.parse(template).name(V4, "se-sto-wg-208")).hasToString(name);
    }

    @Test
    void shouldWriteIpv6InFullAsOneLabel() {
        assertThat(NameTemplate.parse("{address-dashed}.{family}.example.net").name(V6, "s"))
                .hasToString("2001-0db8-0005-0000-0000-0000-0000-0007.v6.example.net.");
    }

    @ParameterizedTest
    @CsvSource({
        "{session}.example.net, {session} is not known",
        "{address-dashed}, one label",
        "a_b.example.net, no label",
        "a..example.net, no label",
        "{server}-{address-dashed}-exit-of-a-provider.example.net, no label",
    })
    void shouldRefuseWhatGivesNoHostName(String template, String reason) {
        assertThatThrownBy(() -> NameTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldTellAnIdleAddressFromAGrantedOne() {
        PtrNames names = PtrNames.parse("{server}.example.net", "idle.example.net");

        assertThat(names.wish(Occupancy.GRANTED, V4, "s").orElseThrow().ptr().orElseThrow())
                .hasToString("s.example.net.");
        assertThat(names.wish(Occupancy.IDLE, V4, "s").orElseThrow().ptr().orElseThrow())
                .hasToString("idle.example.net.");
        assertThat(PtrNames.parse("a.b", "delete").wish(Occupancy.IDLE, V4, "s"))
                .contains(Wish.NO_RECORD);
        assertThat(PtrNames.parse("a.b", "keep").wish(Occupancy.IDLE, V4, "s")).isEmpty();
    }
}
