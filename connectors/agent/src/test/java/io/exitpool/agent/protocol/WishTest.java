package io.exitpool.agent.protocol;

import static io.exitpool.agent.protocol.Desk.peer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WishTest {
    private static final int[] TEN = IntStream.range(100, 110).toArray();
    private static final int[] SEVENTY = IntStream.range(0, 70).toArray();
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void shouldAskForTheSameSlotAsLongAsTheSaltLasts() {
        StickyWish wish = new StickyWish(new Random(1), DAY);

        List<OptionalInt> first = wishes(wish, 0);

        assertThat(wishes(wish, DAY.toMillis() - 1)).isEqualTo(first);
        assertThat(wishes(wish, DAY.toMillis())).isNotEqualTo(first);
    }

    @Test
    void shouldAskForEachSlotAboutEquallyOften() {
        StickyWish wish = new StickyWish(new Random(1), DAY);
        int[] counts = new int[10];
        Desk.peers(10_000, p -> counts[wish.wanted(p, TEN, 0).getAsInt() - 100]++);

        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }

    /**
     * Two servers of the same size: with r they agree always, with salts of their own by chance.
     */
    @Test
    void shouldSayNothingAboutAnotherServerUnlikeTheOldScheme() {
        StickyWish here = new StickyWish(new Random(1), DAY);
        StickyWish there = new StickyWish(new Random(2), DAY);
        RatioWish old = new RatioWish();

        long same =
                Desk.peers(1_000, p -> here.wanted(p, TEN, 0).equals(there.wanted(p, TEN, 0)))
                        .stream()
                        .filter(equal -> equal)
                        .count();
        assertThat(same).isBetween(60L, 140L);
        assertThat(
                        Desk.peers(
                                1_000,
                                p ->
                                        old.wanted(p, TEN, 0)
                                                .equals(new RatioWish().wanted(p, TEN, 0))))
                .containsOnly(true);
    }

    @Test
    void shouldPlaceAPeerAtTheSameFractionOfEveryPoolInTheOldScheme() {
        RatioWish old = new RatioWish();

        Desk.peers(
                1_000,
                p -> {
                    double r = old.ratio(p);
                    assertThat(r).isGreaterThanOrEqualTo(0).isLessThan(1);
                    assertThat(old.wanted(p, TEN, 0)).hasValue(100 + (int) Math.floor(r * 10));
                    assertThat(old.wanted(p, SEVENTY, 0)).hasValue((int) Math.floor(r * 70));
                    return r;
                });
    }

    @Test
    void shouldAskForNothingWhenThePoolIsUnknown() {
        assertThat(Wish.NONE.wanted(peer("a"), TEN, 0)).isEmpty();
        assertThat(new StickyWish(new Random(1), DAY).wanted(peer("a"), new int[0], 0)).isEmpty();
        assertThat(new RatioWish().wanted(peer("a"), new int[0], 0)).isEmpty();
    }

    @Test
    void shouldBeSentWithTheStart() {
        Desk desk = new Desk(AgentSettings.DEFAULT, new RatioWish());
        desk.agent.poolSlots(42);
        desk.started();

        desk.up(peer("a"));

        assertThat(desk.done()).containsExactly("3 start s1 wanted 42");
    }

    private static List<OptionalInt> wishes(Wish wish, long now) {
        return Desk.peers(100, p -> wish.wanted(p, SEVENTY, now));
    }
}
