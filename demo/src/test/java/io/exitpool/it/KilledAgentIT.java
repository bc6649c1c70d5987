package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * An agent is killed while tunnels live, some of them end before it is back, and the rest go on.
 */
class KilledAgentIT {
    private static final String SERVER = "se-sto-wg-208";
    private static final int TUNNELS = 30;
    private static final int ENDED = 5;

    private static final String POOLS =
            """
            servers:
              se-sto-wg-208: {v4: [192.0.2.1-192.0.2.60], min-rest: 1s, lease-ttl: 5m}
            """;

    @Test
    void shouldAdoptEveryLiveTunnelWhenAKilledAgentComesBack() {
        try (Site site = Site.onSharedCluster()) {
            // given
            site.applyPools(POOLS);
            Path kernel = site.directory("kernel");
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                try (ChildJvm agent = forkAgent(site, kernel, TUNNELS)) {
                    Waiting.until(() -> KernelFile.read(kernel).size() == TUNNELS);

                    // when
                    agent.kill();
                }
                Map<Integer, Exit> living = new TreeMap<>(KernelFile.read(kernel));
                List<Integer> ended = List.copyOf(living.keySet()).subList(0, ENDED);
                ended.forEach(living::remove);
                KernelFile.write(kernel, living);
                try (ChildJvm agent = forkAgent(site, kernel, TUNNELS - ENDED)) {
                    Waiting.until(
                            () ->
                                    decisions(site).granted(SERVER, Choice.ADOPTED)
                                            == TUNNELS - ENDED);

                    // then
                    assertThat(KernelFile.read(kernel)).isEqualTo(living);
                    assertThat(decisions(site).released(SERVER, ReleaseCause.RESET))
                            .isEqualTo(ENDED);
                    assertThat(decisions(site).released(SERVER, ReleaseCause.PASSED_ON))
                            .isEqualTo(TUNNELS - ENDED);
                    assertThat(decisions(site).leases(SERVER).values())
                            .containsExactlyInAnyOrderElementsOf(living.values());
                    shouldNotHearTheOldAgentAnyMore(site);
                    assertThat(KernelFile.read(kernel)).isEqualTo(living);
                    Audits.assertClean(site);
                }
            }
        }
    }

    /**
     * What the old one sent and the network delivered late: a start, and an end of a live session.
     */
    private static void shouldNotHearTheOldAgentAnyMore(Site site) {
        TreeSet<Long> epochs = epochs(site);
        assertThat(epochs).hasSize(2);
        Map<SessionId, Exit> leases = decisions(site).leases(SERVER);
        SessionId late = RawAgent.newSession();
        try (RawAgent old = new RawAgent(site.connection(), SERVER).inEpoch(epochs.first())) {
            for (SessionId live : leases.keySet()) {
                old.say(1_000_000, new SessionEnded(live, EndReason.SILENT));
            }
            old.inEpoch(epochs.first()).started(late);
        }
        Waiting.until(() -> !decisions(site).of(late).isEmpty());
        Decision answer = decisions(site).of(late).get(0);
        assertThat(answer.getEpoch()).isEqualTo(epochs.last());
        assertThat(((Rejected) answer.getOutcome()).getCause()).isEqualTo(RejectCause.STALE_EPOCH);
        assertThat(decisions(site).leases(SERVER)).isEqualTo(leases);
        Waiting.until(() -> staleEpochs(site) == leases.size() + 1);
    }

    private static long staleEpochs(Site site) {
        PoolStatus status = Statuses.last(site.connection(), SERVER).orElseThrow();
        return status.getCounters().getStaleEpochs();
    }

    private static TreeSet<Long> epochs(Site site) {
        TreeSet<Long> epochs = new TreeSet<>();
        TopicReader.readToEnd(
                site.connection(),
                Topics.SESSION_EVENTS,
                entry -> {
                    SessionEvent event = entry.value();
                    if (event.getEvent() instanceof AgentEvent said) {
                        epochs.add(said.getEpoch());
                    }
                });
        return epochs;
    }

    private static Decisions decisions(Site site) {
        return Decisions.read(site.connection());
    }

    private static ChildJvm forkAgent(Site site, Path kernel, int tunnels) {
        return ChildJvm.start(
                AgentMain.class,
                site.directory("agent.log"),
                List.of(
                        site.connection().bootstrapServers(),
                        site.connection().registryUrl(),
                        SERVER,
                        kernel.toString(),
                        site.directory("agent").toString(),
                        String.valueOf(tunnels)));
    }
}
