package io.exitpool.operator.audit;

import java.util.Optional;
import java.util.OptionalLong;

/** One decision under judgement, with all that it is held against. */
final class Ruling {

    /** What is known of the configuration that the decision names. */
    enum Named {
        READ,
        /** The decision names none. */
        NONE,
        /** Compacted away, or not read for another reason. */
        GONE,
        /** There never was such a version. */
        NEVER_WRITTEN
    }

    private final Decided decided;
    private final Answer answer;
    private final Findings findings;
    private final Optional<ConfigVersion> config;
    private final Named named;
    private boolean flagged;

    Ruling(Decided decided, Answer answer, boolean allRead, Findings findings) {
        this.decided = decided;
        this.answer = answer;
        this.findings = findings;
        Long version = decided.decision().getConfigVersion();
        ConfigHistory configs = decided.server().configs();
        config = version == null ? Optional.empty() : configs.version(version, decided.time());
        if (version == null) {
            named = Named.NONE;
        } else if (config.isPresent()) {
            named = Named.READ;
        } else {
            boolean never = allRead && configs.wasNeverWritten(version);
            named = never ? Named.NEVER_WRITTEN : Named.GONE;
        }
    }

    Decided decided() {
        return decided;
    }

    ServerAudit server() {
        return decided.server();
    }

    PoolBooks books() {
        return server().books();
    }

    Trail trail() {
        return server().trail();
    }

    SessionKey session() {
        return decided.session();
    }

    /** The decision's time. */
    long time() {
        return decided.time();
    }

    Answer answer() {
        return answer;
    }

    Optional<Duty> duty() {
        return answer.duty();
    }

    Optional<ConfigVersion> config() {
        return config;
    }

    Named named() {
        return named;
    }

    OptionalLong version() {
        Long version = decided.decision().getConfigVersion();
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    void violation(ViolationKind kind, String what) {
        violation(kind, decided.at(), what);
    }

    void violation(ViolationKind kind, Position at, String what) {
        flagged = true;
        findings.violation(new Violation(kind, at, server().name(), what));
    }

    void unknown(Unknown what) {
        findings.unknown(what, 1);
    }

    void unknown(Unknown what, long times) {
        findings.unknown(what, times);
    }

    /** Something is wrong with this decision already; its figures follow from that. */
    boolean isFlagged() {
        return flagged;
    }
}
