package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.InvalidSettingException;
import io.exitpool.streams.config.Part;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.Test;

/** The brokers assign the partitions (KIP-1071), for those who want them to. */
class StreamsProtocolIT {
    private static final String SERVER = "se-sto-wg-208";

    @Test
    void shouldAllocateAndComeBackWithTheStreamsGroupProtocol() throws Exception {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of(SERVER))) {
            // given
            site.applyPools("servers: {se-sto-wg-208: {v4: [192.0.2.1-192.0.2.30]}}");
            try (ExitpoolApp app = site.startAllocation(settings(site))) {
                fleet.startAgents();
                fleet.server(SERVER).up(10);
                Waiting.until(fleet::settled);
            }

            // when
            try (ExitpoolApp app = site.startAllocation(settings(site));
                    Admin admin = site.admin()) {
                fleet.server(SERVER).up(10);

                // then
                Waiting.until(fleet::settled);
                assertThat(admin.listGroups().all().get())
                        .anySatisfy(
                                group -> {
                                    assertThat(group.groupId())
                                            .isEqualTo(Part.ALLOCATION.applicationId());
                                    assertThat(group.type()).contains(GroupType.STREAMS);
                                });
                fleet.assertUndisturbed();
                fleet.assertBooksAgree();
                Audits.assertClean(site);
            }
        }
    }

    @Test
    void shouldRefuseStaticMembershipWithIt() {
        Map<String, String> settings =
                Map.of("kafka.group.protocol", "streams", "group.instance.id", "one");

        assertThatThrownBy(() -> AppConfig.of(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("group.instance.id");
    }

    private static Map<String, String> settings(Site site) {
        Map<String, String> settings = site.settings("allocation");
        settings.put("kafka.group.protocol", "streams");
        return settings;
    }
}
