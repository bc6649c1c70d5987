package io.exitpool.operator.audit;

import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.connection.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code audit}: was ever an address given twice, or a promise broken that nobody named? */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Reads events, configurations and decisions and reports every broken promise, without"
                    + " asking the allocation.",
            "What began before the first record that is left is reported as unknown, never as"
                    + " clean. Offenders are named by topic, partition and offset; neither sessions"
                    + " nor addresses are shown."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no violation",
            "1:at least one violation, or a topic is missing",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached"
        })
public final class AuditCommand extends KafkaCommand {

    private static final Duration REPORT_EVERY = Duration.ofMinutes(1);
    private static final long SECONDS_FOR_LAST_REPORT = 5;

    @Option(
            names = "--follow",
            description =
                    "Go on with what comes: a report of what there is, each violation when it is"
                            + " certain, a line every minute, and a last report at Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--json",
            description =
                    "One JSON object. With --follow one a line: violations (with kind) and a report"
                            + " (with clean) every minute.")
    private boolean json;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many offenders of each kind to name. Default: ${DEFAULT-VALUE}.")
    private int first;

    @Override
    protected int run(Connection connection) {
        if (first < 0) {
            throw new ParameterException(
                    spec().commandLine(), "--first must be 0 or more, not " + first);
        }
        AuditSettings settings = AuditSettings.DEFAULT.withFirstOffenders(first);
        return follow ? follow(connection, settings) : end(AuditRun.run(connection, settings));
    }

    private int follow(Connection connection, AuditSettings settings) {
        Interrupt interrupt = new Interrupt();
        Thread hook = new Thread(interrupt::ask, "audit-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        int code = UNREACHABLE;
        try {
            AtomicBoolean caughtUp = new AtomicBoolean();
            code =
                    end(
                            AuditRun.follow(
                                    connection,
                                    settings,
                                    this::show,
                                    report -> show(report, caughtUp.getAndSet(true)),
                                    REPORT_EVERY,
                                    () -> !interrupt.isAsked()));
            return code;
        } finally {
            interrupt.end(code);
            if (!interrupt.isAsked()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private int end(AuditReport report) {
        print(json ? report.toJson() : report.toText().stripTrailing());
        return report.isClean() ? OK : FAILED;
    }

    private void show(Violation violation) {
        print(
                json
                        ? ReportJson.write(violation)
                        : violation.kind() + "  " + ReportText.write(violation));
    }

    private void show(AuditReport report, boolean again) {
        print(
                json
                        ? report.toJson()
                        : again
                                ? ReportText.writeLine(report)
                                : report.toText() + "following; Ctrl-C ends with a report");
    }

    private void print(String text) {
        out().println(text);
        out().flush();
    }

    /**
     * Ctrl-C: the virtual machine waits until the last report is printed, and ends with the code
     * that it gave, not with that of the signal.
     */
    private static final class Interrupt {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean asked;
        private volatile int code;

        boolean isAsked() {
            return asked;
        }

        void ask() {
            asked = true;
            try {
                if (ended.await(SECONDS_FOR_LAST_REPORT, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(code);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end(int with) {
            code = with;
            ended.countDown();
        }
    }
}
