package io.exitpool.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.topic.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerTopicsTest {
    @Test
    void shouldRefuseTopicsWithDifferentNumbersOfPartitions() {
        assertThatThrownBy(() -> ServerTopics.checkEqual(partitions(12, 12, 6, 1)))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("exit-pool-decisions=6")
                .hasMessageContaining("./exitpool topics create")
                .hasMessageNotContaining("exit-pool-status");
    }

    @Test
    void shouldLetTheStatusHaveItsOwnNumber() {
        assertThatCode(() -> ServerTopics.checkEqual(partitions(12, 12, 12, 1)))
                .doesNotThrowAnyException();
    }

    private static Map<String, Integer> partitions(
            int events, int configs, int decisions, int status) {
        return Map.of(
                Topics.SESSION_EVENTS.name(), events,
                Topics.POOL_CONFIGS.name(), configs,
                Topics.DECISIONS.name(), decisions,
                Topics.POOL_STATUS.name(), status);
    }
}
