package io.exitpool.streams.store;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes each task its {@link RowStore}. There is no cache to enable: nothing reads a row. */
final class RowStoreBuilder implements StoreBuilder<RowStore> {
    private final String name;
    private Map<String, String> changelog;
    private boolean logging = true;

    RowStoreBuilder(String name, Map<String, String> changelog) {
        this.name = name;
        this.changelog = changelog;
    }

    @Override
    public RowStore build() {
        return new RowStore(name, Optional.of(changelog).filter(settings -> logging));
    }

    @Override
    public StoreBuilder<RowStore> withCachingEnabled() {
        throw new UnsupportedOperationException("nothing reads a row: a cache holds it for nobody");
    }

    @Override
    public StoreBuilder<RowStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<RowStore> withLoggingEnabled(Map<String, String> settings) {
        changelog = Map.copyOf(settings);
        logging = true;
        return this;
    }

    @Override
    public StoreBuilder<RowStore> withLoggingDisabled() {
        logging = false;
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return changelog;
    }

    @Override
    public boolean loggingEnabled() {
        return logging;
    }

    @Override
    public String name() {
        return name;
    }
}
