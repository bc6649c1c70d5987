package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"se-sto-wg-208", "a", "0", "-", "x23456789-123456789-123456789-"})
    void shouldReadAName(String name) {
        assertThat(ServerName.decode(name.getBytes(UTF_8))).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SE-STO-WG-208", "se_sto", "se.sto", "s\u00e4", "a b", "a\u0000b"})
    void shouldReadNoOtherKey(String key) {
        assertThat(ServerName.decode(key.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void shouldReadNoKeyThatIsTooLongOrAbsent() {
        assertThat(ServerName.decode("a".repeat(63).getBytes(UTF_8))).isPresent();
        assertThat(ServerName.decode("a".repeat(64).getBytes(UTF_8))).isEmpty();
        assertThat(ServerName.decode(null)).isEmpty();
    }
}
