package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.stats.Place;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
    @ParameterizedTest(name = "{0} {1}, {2} {3}")
    @CsvSource({
        "se, sto, se, sto, true",
        "se, sto, se, got, false",
        "se, sto, se, , true",
        "se, , se, , true",
        "se, sto, no, sto, false",
        "se, , no, , false",
        ", , , , false",
    })
    void shouldBeThoseOfTheCityOrOfTheCountryWhenACityIsUnknown(
            String country, String city, String otherCountry, String otherCity, boolean near) {
        Place one = new Place(Optional.ofNullable(country), Optional.ofNullable(city));
        Place other = new Place(Optional.ofNullable(otherCountry), Optional.ofNullable(otherCity));
        assertThat(DeskBook.near(one, other)).isEqualTo(near);
        assertThat(DeskBook.near(other, one)).isEqualTo(near);
    }
}
