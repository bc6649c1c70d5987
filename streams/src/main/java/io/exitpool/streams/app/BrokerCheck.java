package io.exitpool.streams.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the brokers' settings makes decisions slower or a failure longer than need be. Exitpool
 * runs with Kafka's defaults too; it says once what they cost.
 */
final class BrokerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerCheck.class);
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(15).toMillis();

    private static final String SHORTEST_SESSION = "group.min.session.timeout.ms";

    /** What brokers take if nobody may see what they were told. */
    private static final Duration DEFAULT_SHORTEST_SESSION = Duration.ofSeconds(6);

    private BrokerCheck() {}

    /** A setting, the most that it should be, and what more of it costs. */
    private record Advice(String key, long most, String cost) {
        Optional<String> of(Map<String, String> brokers) {
            return Optional.ofNullable(brokers.get(key))
                    .filter(value -> Long.parseLong(value) > most)
                    .map(value -> "%s=%d (it is %s: %s)".formatted(key, most, value, cost));
        }
    }

    /**
     * Asks the brokers, warns of what could be better, and says after what time a silent instance
     * can lose its partitions: the wanted time, or the shortest that the brokers allow.
     */
    static Duration sessionTimeout(Admin admin, Duration wanted) {
        Optional<Map<String, String>> settings = settings(admin);
        if (settings.isEmpty()) {
            return longer(wanted, DEFAULT_SHORTEST_SESSION);
        }
        List<String> advice = advice(settings.get(), wanted);
        if (!advice.isEmpty()) {
            LOG.warn(
                    "The brokers' settings cost time; set {}. See docs/deployment.md",
                    String.join("; ", advice));
        }
        return Optional.ofNullable(settings.get().get(SHORTEST_SESSION))
                .map(shortest -> longer(wanted, Duration.ofMillis(Long.parseLong(shortest))))
                .orElse(wanted);
    }

    /** What should be set otherwise, and why. */
    static List<String> advice(Map<String, String> brokers, Duration session) {
        List<String> advice = new ArrayList<>();
        for (Advice one :
                List.of(
                        new Advice(
                                "add.partitions.to.txn.retry.backoff.ms",
                                1,
                                "decisions wait for it behind the commit before theirs"),
                        new Advice(
                                SHORTEST_SESSION,
                                session.toMillis(),
                                "a crash is noticed no sooner"),
                        new Advice(
                                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                                500,
                                "after a crash agents wait up to that longer"))) {
            one.of(brokers).ifPresent(advice::add);
        }
        return advice;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Optional<Map<String, String>> settings(Admin admin) {
        try {
            Node any = admin.describeCluster().nodes().get().iterator().next();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, any.idString());
            return Optional.of(
                    admin
                            .describeConfigs(
                                    List.of(broker),
                                    new DescribeConfigsOptions().timeoutMs(TIMEOUT_MS))
                            .all()
                            .get()
                            .get(broker)
                            .entries()
                            .stream()
                            .filter(entry -> entry.value() != null)
                            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
        } catch (ExecutionException e) {
            LOG.info(
                    "The brokers do not show their settings ({}); docs/deployment.md says which"
                            + " matter",
                    e.getCause().getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(
                    StartException.Kind.LOCAL, "interrupted while asking Kafka", e);
        }
    }
}
