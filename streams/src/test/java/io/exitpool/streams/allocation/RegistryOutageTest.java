package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.Pools.begin;
import static io.exitpool.streams.allocation.Pools.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.wire.WireClosedException;
import io.exitpool.streams.config.AppConfig.Guarantee;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is down delays, and drops nothing. */
class RegistryOutageTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final long EPOCH = 1_767_225_600_000_000L;

    @TempDir Path stateDir;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean down;
    private AllocationDriver driver;

    @BeforeEach
    void open() {
        driver = new AllocationDriver(stateDir, 1, Guarantee.AT_LEAST_ONCE, new Registry());
        driver.config(SERVER, Pools.of(1, 8));
        down = true;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldGoOnWhenTheRegistryIsBack() throws Exception {
        CompletableFuture<Void> events =
                CompletableFuture.runAsync(
                        () -> {
                            begin(driver, SERVER, EPOCH);
                            driver.event(SERVER, EPOCH, start(1));
                        });
        await().until(() -> refused.get() > 2);
        assertThat(events).isNotDone();

        down = false;
        events.get(30, TimeUnit.SECONDS);

        assertThat(driver.decisions()).hasSize(1);
        assertThat(driver.deadLetters()).isEmpty();
    }

    @Test
    void shouldEndTheWaitWhenItStops() {
        CompletableFuture<Void> events =
                CompletableFuture.runAsync(() -> begin(driver, SERVER, EPOCH));
        await().until(() -> refused.get() > 2);

        driver.wire().close();

        assertThatThrownBy(() -> events.get(30, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(WireClosedException.class);
        assertThat(driver.deadLetters()).isEmpty();
    }

    /** The events' schema is not asked for before the first event. */
    private final class Registry extends MockSchemaRegistryClient {
        @Override
        public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
            if (down) {
                refused.incrementAndGet();
                throw new IOException("planted: connection refused");
            }
            return super.getSchemaById(id);
        }
    }
}
