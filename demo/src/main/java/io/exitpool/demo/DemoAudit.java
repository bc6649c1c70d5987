package io.exitpool.demo;

import io.exitpool.operator.audit.AuditReport;
import io.exitpool.operator.audit.AuditRun;
import io.exitpool.schemas.connection.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The audit of a run's own topics, which somebody may not have the time to wait for. */
final class DemoAudit {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private DemoAudit() {}

    /**
     * Audits; none if a stop was asked for and the audit takes longer than this after it.
     *
     * @param hasty how long it may take once a stop was asked for
     */
    static Optional<AuditResult> run(Connection connection, StopSignal stop, Duration hasty) {
        CompletableFuture<AuditReport> audit = new CompletableFuture<>();
        Thread thread = new Thread(() -> audit(connection, audit), "audit");
        // What is not waited for ends with the process.
        thread.setDaemon(true);
        thread.start();
        long hurrySince = System.nanoTime();
        while (true) {
            if (!stop.isAsked()) {
                hurrySince = System.nanoTime();
            } else if (System.nanoTime() - hurrySince > hasty.toNanos()) {
                return Optional.empty();
            }
            try {
                return Optional.of(result(audit.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)));
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException("the audit failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private static void audit(Connection connection, CompletableFuture<AuditReport> audit) {
        try {
            audit.complete(AuditRun.run(connection));
        } catch (RuntimeException e) {
            audit.completeExceptionally(e);
        }
    }

    private static AuditResult result(AuditReport report) {
        Map<String, Long> violations = new TreeMap<>();
        report.violations().forEach((kind, found) -> violations.put(kind.name(), found.count()));
        return new AuditResult(violations, report.toText().stripTrailing());
    }
}
