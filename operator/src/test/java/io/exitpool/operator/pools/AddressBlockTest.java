package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 1",
        "192.0.2.7-192.0.2.9, 192.0.2.7, 3",
        "192.0.2.7 - 192.0.2.7, 192.0.2.7, 1",
        "192.0.2.0/24, 192.0.2.1, 254",
        "192.0.2.8/30, 192.0.2.9, 2",
        "192.0.2.8/31, 192.0.2.8, 2",
        "192.0.2.8/32, 192.0.2.8, 1",
        "198.51.0.0/16, 198.51.0.1, 65534",
        "2001:db8::5-2001:db8::9, 2001:db8::5, 5",
        "2001:db8::5/128, 2001:db8::5, 1"
    })
    void shouldReadAddressesRangesAndPrefixes(String written, String first, long size) {
        // when
        AddressBlock block = AddressBlock.parse(written);

        // then
        assertThat(block.first()).hasToString(first);
        assertThat(block.size()).isEqualTo(size);
    }

    @Test
    void shouldSpellOutItsAddresses() {
        assertThat(AddressBlock.parse("192.0.2.254-192.0.3.1").addresses())
                .map(Address::toString)
                .containsExactly("192.0.2.254", "192.0.2.255", "192.0.3.0", "192.0.3.1");
    }

    @Test
    void shouldTakeAWholePrefix() {
        // when
        AddressBlock block = AddressBlock.prefix("192.0.2.0/24", true, OptionalLong.empty());

        // then
        assertThat(block.first()).hasToString("192.0.2.0");
        assertThat(block.size()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::/64, 30, 2001:db8::1",
        "2001:db8::/127, 2, 2001:db8::",
        "192.0.2.0/24, 10, 192.0.2.1"
    })
    void shouldCountFromTheFirstUsableAddress(String prefix, long count, String first) {
        // when
        AddressBlock block = AddressBlock.prefix(prefix, false, OptionalLong.of(count));

        // then
        assertThat(block.first()).hasToString(first);
        assertThat(block.size()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1/24 | is not a prefix: bits after the first 24 are set",
                "192.0.2.0/33 | the length of an IPv4 prefix is 0 to 32",
                "192.0.2.0/ | the length of an IPv4 prefix is 0 to 32",
                "192.0.2.9-192.0.2.1 | ends before it begins",
                "192.0.2.1-2001:db8::1 | mixes IPv4 and IPv6",
                "192.0.2.1- | is not an IP address",
                "2001:db8::/64 | an IPv6 prefix needs a count",
                "2001:db8::/129 | the length of an IPv6 prefix is 0 to 128"
            })
    void shouldSayWhatIsWrong(String written, String message) {
        assertThatThrownBy(() -> AddressBlock.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0", "255"})
    void shouldRefuseACountThatThePrefixHasNot(long count) {
        assertThatThrownBy(() -> AddressBlock.prefix("192.0.2.0/24", false, OptionalLong.of(count)))
                .hasMessage("'192.0.2.0/24' has 254 usable addresses, so count is 1 to that");
    }

    @Test
    void shouldKnowTheSizeOfWhatDoesNotFitTheMemory() {
        assertThat(AddressBlock.prefix("2001:db8::/32", true, OptionalLong.empty()).size())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(AddressBlock.parse("2001:db8::-2001:dbf::").size()).isEqualTo(Long.MAX_VALUE);
    }
}
