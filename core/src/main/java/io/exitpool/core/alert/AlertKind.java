package io.exitpool.core.alert;

/**
 * What an alert is about; docs/operations.md has a section for each. A new kind is one class that
 * implements {@link AlertRule} and one line here.
 */
public enum AlertKind {
    EXHAUSTED(new ExhaustedRule()),
    NEAR_EXHAUSTION(new NearExhaustionRule()),
    TIME_TO_FULL(new TimeToFullRule()),
    EXCESS_BLOCKING(new ExcessBlockingRule()),
    HOT_REUSE(new HotReuseRule()),
    UNEVEN_USE(new UnevenUseRule()),
    SERVER_SILENT(new ServerSilentRule()),
    SET_ASIDE_SHARE(new SetAsideShareRule()),
    POOL_FAILED(new PoolFailedRule());

    private final AlertRule rule;

    AlertKind(AlertRule rule) {
        this.rule = rule;
    }

    AlertRule rule() {
        return rule;
    }

    /** A neighbour's crash can explain it. */
    boolean ofLoad() {
        return rule.ofLoad();
    }

    /** It stays raised for up to an hour after what raised it. */
    boolean lags() {
        return rule.lags();
    }
}
