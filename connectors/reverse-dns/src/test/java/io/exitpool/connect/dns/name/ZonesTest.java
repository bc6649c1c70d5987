package io.exitpool.connect.dns.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

class ZonesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.7, 2.0.192.in-addr.arpa., 7.2.0.192.in-addr.arpa.",
        "192.0.0.0/16, 192.0.2.7, 0.192.in-addr.arpa., 7.2.0.192.in-addr.arpa.",
        "192.0.2.0/25=2.0.192.in-addr.arpa, 192.0.2.7, 2.0.192.in-addr.arpa.,"
                + " 7.2.0.192.in-addr.arpa.",
        "192.0.2.64/26=64-26.2.0.192.in-addr.arpa, 192.0.2.65, 64-26.2.0.192.in-addr.arpa.,"
                + " 65.64-26.2.0.192.in-addr.arpa.",
        "2001:db8:5::/48, 2001:db8:5::7, 5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.,"
                + " 7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
    })
    void shouldPlaceARecord(String zone, String address, String name, String owner) {
        Place place = ReverseZone.parse(zone).placeOf(InetAddresses.parse(address));

        assertThat(place.zone()).hasToString(name);
        assertThat(place.owner()).hasToString(owner);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0, is no prefix",
        "192.0.2.7/24, bits set past its length",
        "192.0.2.0/33, length from 0 to 32",
        "192.0.2.0/x, length from 0 to 32",
        "host/24, no IPv4 or IPv6 address",
        "192.0.2.64/26, does not end at a label",
        "192.0.0.0/16=example.net, RFC 2317",
        "192.0.0.0/16=0.0.192.in-addr.arpa, is smaller than",
        "2001:db8::/32=example.net, RFC 2317",
    })
    void shouldSayWhatIsWrong(String zone, String reason) {
        assertThatThrownBy(() -> ReverseZone.parse(zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldPreferTheLongestPrefix() throws IOException {
        Zones zones =
                new ConfiguredZones(
                        List.of(
                                ReverseZone.parse("192.0.0.0/16"),
                                ReverseZone.parse("192.0.2.0/24")));

        assertThat(zoneOf(zones, "192.0.2.7")).isEqualTo("2.0.192.in-addr.arpa.");
        assertThat(zoneOf(zones, "192.0.3.7")).isEqualTo("0.192.in-addr.arpa.");
        assertThat(zoneOf(zones, "198.51.100.7")).isEqualTo("none");
        assertThat(zoneOf(zones, "2001:db8::7")).isEqualTo("none");
    }

    @Test
    void shouldAskOnceForEachBlockAndAgainWhereThereIsNoZone() throws IOException {
        List<String> asked = new ArrayList<>();
        Name known = Name.fromConstantString("0.192.in-addr.arpa.");
        Zones zones =
                new DiscoveredZones(
                        name -> {
                            asked.add(name.toString());
                            return Optional.of(known).filter(name::subdomain);
                        });

        assertThat(zoneOf(zones, "192.0.2.7")).isEqualTo("0.192.in-addr.arpa.");
        assertThat(zoneOf(zones, "192.0.2.8")).isEqualTo("0.192.in-addr.arpa.");
        assertThat(zoneOf(zones, "2001:db8:5::7")).isEqualTo("none");
        assertThat(zoneOf(zones, "2001:db8:5::7")).isEqualTo("none");

        assertThat(asked).hasSize(3).startsWith("7.2.0.192.in-addr.arpa.");
    }

    private static String zoneOf(Zones zones, String address) throws IOException {
        return zones.placeOf(InetAddresses.parse(address))
                .map(place -> place.zone().toString())
                .orElse("none");
    }
}
