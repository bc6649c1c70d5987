package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0, 192.0.2.0",
        "203.0.113.255, 203.0.113.255",
        "2001:db8::1, 2001:db8::1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void shouldReadAndWriteTheUsualForms(String written, String shown) {
        // when
        Address address = Address.parse(written);

        // then
        assertThat(address).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1-9",
                "192.0.2.01",
                "0xc0.0.2.1",
                "3221225985",
                "192.0.2.1/24",
                "2001:db8::1%eth0",
                "2001:db8:::1",
                "se-sto-wg-208"
            })
    void shouldRefuseEverythingElse(String written) {
        assertThatThrownBy(() -> Address.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + written + "' is not an IP address");
    }

    @Test
    void shouldSurviveTheRecord() {
        // given
        Address v4 = Address.parse("198.51.100.200");
        Address v6 = Address.parse("2001:db8:8000::ff");

        // then
        assertThat(Address.of(v4.toIpv4())).isEqualTo(v4);
        assertThat(Address.of(v6.toIpv6())).isEqualTo(v6);
    }

    @Test
    void shouldCarryIntoTheHighHalf() {
        // given
        Address last = Address.parse("2001:db8:0:0:ffff:ffff:ffff:ffff");

        // when
        Address next = last.plus(1);

        // then
        assertThat(next).hasToString("2001:db8:0:1::");
        assertThat(last.stepsTo(next)).isEqualTo(1);
        assertThat(last).isLessThan(next);
    }

    @Test
    void shouldNotCountWhatDoesNotFit() {
        assertThat(Address.parse("2001:db8::").stepsTo(Address.parse("2001:db9::")))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "169.254.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:192.0.2.1",
                "fe80::1",
                "ff02::1"
            })
    void shouldKnowWhatNoExitHas(String written) {
        assertThat(Address.parse(written).isImpossible()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "223.255.255.254", "2001:db8::1", "fd00::1"})
    void shouldTakeWhatAnExitMayHave(String written) {
        assertThat(Address.parse(written).isImpossible()).isFalse();
    }
}
