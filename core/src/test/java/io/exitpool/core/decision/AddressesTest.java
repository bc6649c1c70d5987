package io.exitpool.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final int V4 = 0xC000_02FE;
    private static final long V6 = 0x2001_0db8_0000_0000L;

    @Test
    void shouldCountOnBothFamilies() {
        assertThat(new Addresses(true, V4, true, V6, 0x10).plus(3))
                .isEqualTo(new Addresses(true, V4 + 3, true, V6, 0x13));
    }

    @Test
    void shouldCarryFromTheLowToTheHighHalf() {
        assertThat(new Addresses(false, 0, true, V6, -2L).plus(5))
                .isEqualTo(new Addresses(false, 0, true, V6 + 1, 3));
    }

    @Test
    void shouldLeaveAFamilyThatIsAbsentAlone() {
        // given, when, then: equal to what a range that begins there says
        assertThat(Addresses.ofV4(V4).plus(7)).isEqualTo(Addresses.ofV4(V4 + 7));
        assertThat(new Addresses(false, 0, true, V6, 1).plus(7))
                .isEqualTo(new Addresses(false, 0, true, V6, 8));
    }

    @Test
    void shouldStayTheSameAtZero() {
        Addresses dual = new Addresses(true, -1, true, -1, -1);
        assertThat(dual.plus(0)).isEqualTo(dual);
    }

    @Test
    void shouldRefuseASlotWithoutAnAddress() {
        assertThatThrownBy(() -> new Addresses(false, 1, false, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a slot has neither an IPv4 nor an IPv6 address");
    }
}
