package io.exitpool.operator.audit;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an audit found. The topics are clean when it holds no violation; what is unknown is neither,
 * and stands beside it.
 *
 * @param from time of the oldest event or decision, in milliseconds since 1970
 * @param until time of the newest
 * @param servers servers with a record in any of the topics
 * @param records records read, by topic
 * @param beginsLate partitions whose first records are gone, by topic
 * @param events events by kind
 * @param grants grants, without repeated ones
 * @param repeated grants that repeat one
 * @param rungs grants by rung
 * @param choices grants by choice; ADOPTED are the adoptions
 * @param rejections rejections by cause
 * @param releases releases by cause
 * @param unknown what could not be judged
 * @param pending what was still under way at the end
 * @param violations what is wrong
 */
public record AuditReport(
        OptionalLong from,
        OptionalLong until,
        int servers,
        Map<String, Long> records,
        Map<String, Long> beginsLate,
        Map<EventKind, Long> events,
        long grants,
        long repeated,
        Map<Rung, Long> rungs,
        Map<Choice, Long> choices,
        Map<RejectCause, Long> rejections,
        Map<ReleaseCause, Long> releases,
        Map<Unknown, Long> unknown,
        Map<Pending, Long> pending,
        Map<ViolationKind, Found> violations) {

    /**
     * The violations of one kind.
     *
     * @param first the oldest of them, oldest first
     */
    public record Found(long count, List<Violation> first) {}

    public AuditReport {
        records = copy(records);
        beginsLate = copy(beginsLate);
        events = copy(events);
        rungs = copy(rungs);
        choices = copy(choices);
        rejections = copy(rejections);
        releases = copy(releases);
        unknown = copy(unknown);
        pending = copy(pending);
        violations = copy(violations);
    }

    /** No promise was broken, as far as the records tell. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    public long violationCount() {
        return violations.values().stream().mapToLong(Found::count).sum();
    }

    /** Sessions that kept a slot that they held already. */
    public long adoptions() {
        return choices.getOrDefault(Choice.ADOPTED, 0L);
    }

    /** One JSON object on one line. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /** For people: several lines, the last one the verdict. */
    public String toText() {
        return ReportText.write(this);
    }

    /** In the order given, which is that of the enums. */
    private static <K, V> Map<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
