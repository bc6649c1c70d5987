package io.exitpool.connect.dns.change;

import static io.exitpool.connect.dns.change.Changes.SECOND;
import static io.exitpool.connect.dns.change.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.connect.dns.name.ConfiguredZones;
import io.exitpool.connect.dns.name.ReverseZone;
import io.exitpool.connect.dns.server.NameServer;
import io.exitpool.connect.dns.server.PtrUpdate;
import io.exitpool.connect.dns.server.Ruling;
import io.exitpool.connect.dns.server.UnansweredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

class SenderTest {

    private static final int PER_MESSAGE = 4;

    /** Says yes, or what it is told to, and notes what it got. */
    private static final class Desk implements NameServer {

        private final List<List<String>> messages = new ArrayList<>();
        private String badName = "";
        private Ruling answer = Ruling.MADE;
        private boolean away;

        @Override
        public Ruling update(Name zone, List<PtrUpdate> updates) throws UnansweredException {
            if (away) {
                throw new UnansweredException("nobody there");
            }
            List<String> owners = updates.stream().map(it -> it.owner().toString()).toList();
            messages.add(owners);
            return owners.contains(badName)
                    ? Ruling.of(Rcode.NOTZONE, Rcode.NOERROR, zone, "desk")
                    : answer;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private final Counters counters = new Counters();
    private final Coalescer coalescer = new Coalescer(0, Long.MAX_VALUE, counters);
    private final Desk desk = new Desk();
    private final List<String> rejected = new ArrayList<>();

    @Test
    void shouldSendOneMessageAZoneUpToItsSize() {
        want(10, "192.0.2.");
        want(2, "198.51.100.");

        assertThat(sender(1000, 1000).send(0)).isEmpty();

        assertThat(desk.messages).extracting(List::size).containsExactly(4, 4, 2, 2);
        assertThat(counters.changesSent()).isEqualTo(12);
        assertThat(counters.messagesSent()).isEqualTo(4);
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void shouldKeepToTheRateOfChanges() {
        want(10, "192.0.2.");
        Sender sender = sender(5, 1000);

        assertThat(sender.send(0)).contains(SECOND / 5);
        assertThat(counters.changesSent()).isEqualTo(5);
        assertThat(sender.send(SECOND)).isEmpty();
        assertThat(counters.changesSent()).isEqualTo(10);
    }

    @Test
    void shouldKeepToTheRateOfMessages() {
        want(10, "192.0.2.");

        assertThat(sender(1000, 1).send(0)).contains(SECOND);
        assertThat(counters.changesSent()).isEqualTo(PER_MESSAGE);
    }

    @Test
    void shouldRejectAnAddressWithoutAZone() {
        want(1, "203.0.113.");
        want(1, "192.0.2.");

        sender(1000, 1000).send(0);

        assertThat(rejected).singleElement().asString().contains("203.0.113.0", "'zones'");
        assertThat(counters.changesSent()).isEqualTo(1);
    }

    @Test
    void shouldHalveARefusedMessageUntilTheNameIsFound() {
        want(4, "192.0.2.");
        desk.badName = "2.2.0.192.in-addr.arpa.";

        sender(1000, 1000).send(0);

        assertThat(rejected).singleElement().asString().contains("192.0.2.2", "NOTZONE");
        assertThat(counters.changesSent()).isEqualTo(3);
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void shouldWaitLongerEachTimeForAServerThatIsAway() {
        want(1, "192.0.2.");
        Sender sender = sender(1000, 1000);
        desk.away = true;

        assertThat(sender.send(0)).contains(SECOND);
        assertThat(sender.send(SECOND / 2)).contains(SECOND / 2);
        assertThat(sender.send(SECOND)).contains(2 * SECOND);
        desk.away = false;
        assertThat(sender.send(3 * SECOND)).isEmpty();

        assertThat(counters.changesSent()).isEqualTo(1);
        assertThat(counters.exchangesFailed()).isEqualTo(2);
    }

    @Test
    void shouldGiveUpAfterTheConfiguredTime() {
        want(1, "192.0.2.");
        Sender sender = sender(1000, 1000);
        desk.away = true;
        sender.send(0);

        assertThatThrownBy(() -> sender.send(60 * SECOND))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("gave up after 60 s: nobody there");
    }

    @Test
    void shouldFailWithAdviceWhenOnlyAnOperatorCanHelp() {
        want(1, "192.0.2.");
        desk.answer = Ruling.of(Rcode.REFUSED, Rcode.NOERROR, Name.root, "desk");

        assertThatThrownBy(() -> sender(1000, 1000).send(0))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("allow-update");
        assertThat(coalescer.size()).isEqualTo(1);
    }

    @Test
    void shouldWaitAfterServfail() {
        want(1, "192.0.2.");
        desk.answer = Ruling.of(Rcode.SERVFAIL, Rcode.NOERROR, Name.root, "desk");

        assertThat(sender(1000, 1000).send(0)).contains(SECOND);
        assertThat(coalescer.size()).isEqualTo(1);
    }

    private void want(int count, String prefix) {
        for (int i = 0; i < count; i++) {
            coalescer.want(change(prefix + i, "a.example.net.", i, 0));
        }
    }

    private Sender sender(int changesPerSecond, int messagesPerSecond) {
        return new Sender(
                coalescer,
                new ConfiguredZones(
                        List.of(
                                ReverseZone.parse("192.0.2.0/24"),
                                ReverseZone.parse("198.51.100.0/24"))),
                desk,
                (change, reason) -> rejected.add(change.address().getHostAddress() + ": " + reason),
                counters,
                new Sender.Limits(PER_MESSAGE, changesPerSecond, messagesPerSecond),
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60)),
                0);
    }
}
