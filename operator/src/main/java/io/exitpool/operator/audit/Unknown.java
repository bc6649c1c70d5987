package io.exitpool.operator.audit;

/**
 * What cannot be judged because its beginning is not in the topics any more: neither clean nor a
 * violation. Their names are part of the report's JSON.
 */
public enum Unknown {
    LEASE_BEFORE_LOG("releases and repeated grants of leases granted before the first record"),
    EVENT_BEFORE_LOG("decisions whose event is gone"),
    DECISION_BEFORE_LOG("starts whose decision may be gone, or which may be repetitions"),
    SESSION_BEFORE_LOG("sessions in snapshots whose grant may be gone"),
    REST_BEFORE_LOG("grants of slots that emptied at a time not known"),
    CONFIG_GONE("decisions whose configuration was compacted away: slot, cap, rest not judged"),
    BOOKS_DROPPED("leases of pools that failed, were rebuilt, or lost their store"),
    UNDECODABLE("records that could not be read"),
    NEWER_WORD("decisions with a word of a newer schema");

    private final String meaning;

    Unknown(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
