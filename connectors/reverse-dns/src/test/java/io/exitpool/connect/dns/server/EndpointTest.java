package io.exitpool.connect.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "ns1.example.net, ns1.example.net:53",
        "ns1.example.net:5353, ns1.example.net:5353",
        "192.0.2.1:5353, 192.0.2.1:5353",
        "2001:db8::1, [2001:db8::1]:53",
        "[2001:db8::1], [2001:db8::1]:53",
        "[2001:db8::1]:5353, [2001:db8::1]:5353",
    })
    void shouldReadHostAndPort(String text, String endpoint) {
        assertThat(Endpoint.parse(text)).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":53", "host:", "host:0", "host:65536", "[::1", "[::1]x", "[]:53"})
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
