package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.Answer;
import io.exitpool.connect.alerts.http.Answer.Verdict;
import io.exitpool.connect.alerts.http.HttpSettings;
import io.exitpool.connect.alerts.http.JsonClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Alertmanagers, all of which get everything. One that takes an alert is enough to go on: what
 * another missed it gets with the next repeat.
 */
final class AlertmanagerPeers {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerPeers.class);

    /** What counts when they disagree: the earliest of these. */
    private static final List<Verdict> PRECEDENCE =
            List.of(Verdict.ACCEPTED, Verdict.REFUSED, Verdict.UNAVAILABLE, Verdict.MISCONFIGURED);

    private final List<URI> endpoints;
    private final JsonClient client;
    private final TaskMetrics metrics;
    private final Set<URI> away = new HashSet<>();

    AlertmanagerPeers(List<URI> endpoints, JsonClient client, TaskMetrics metrics) {
        this.endpoints = endpoints;
        this.client = client;
        this.metrics = metrics;
    }

    /** Several requests, one after the other, all to those that answered the ones before. */
    Round round() {
        return new Round();
    }

    /** See {@link #round}. Without it a silent peer would cost a time-out for each request. */
    final class Round {
        private final Map<URI, Answer> failed = new HashMap<>();

        /** Sends to all, and waits for all; the best of their answers. */
        Answer post(byte[] json) {
            Map<URI, CompletableFuture<Answer>> asked = new HashMap<>();
            for (URI endpoint : endpoints) {
                if (!failed.containsKey(endpoint)) {
                    asked.put(endpoint, client.post(endpoint, json, Map.of()));
                }
            }
            List<Answer> answers = new ArrayList<>(failed.values());
            asked.forEach((endpoint, answer) -> answers.add(note(endpoint, answer.join())));
            return combined(answers);
        }

        private Answer note(URI endpoint, Answer answer) {
            String origin = HttpSettings.origin(endpoint);
            Answer named =
                    new Answer(
                            answer.verdict(),
                            origin + " says " + answer.detail(),
                            answer.retryAfterMillis());
            if (!answer.accepted()) {
                metrics.failed();
            }
            if (answer.accepted() || answer.verdict() == Verdict.REFUSED) {
                if (away.remove(endpoint)) {
                    LOG.info("Alertmanager {} is back", origin);
                }
            } else {
                failed.put(endpoint, named);
                if (away.add(endpoint)) {
                    LOG.warn(
                            "Alertmanager {} does not take alerts ({}); they are repeated until it"
                                    + " does",
                            origin,
                            answer.detail());
                }
            }
            return named;
        }
    }

    private static Answer combined(List<Answer> answers) {
        Verdict best =
                answers.stream()
                        .map(Answer::verdict)
                        .min(Comparator.comparing(PRECEDENCE::indexOf))
                        .orElseThrow();
        String details =
                answers.stream()
                        .filter(answer -> answer.verdict() == best)
                        .map(Answer::detail)
                        .collect(Collectors.joining("; "));
        return new Answer(best, details, OptionalLong.empty());
    }
}
