package io.exitpool.demo;

import java.util.Map;

/**
 * What the audit of a run's own topics found.
 *
 * @param violations by kind; empty when all is well
 * @param text what was looked at and what was found, in a line or more
 */
record AuditResult(Map<String, Long> violations, String text) {

    /** Instead of a result. */
    static final String SKIPPED = "audit: skipped, as there was no time for it";
}
