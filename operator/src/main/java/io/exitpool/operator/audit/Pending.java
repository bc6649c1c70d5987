package io.exitpool.operator.audit;

/** What was still under way where the records end. Their names are part of the report's JSON. */
public enum Pending {
    STARTS("starts that wait for their decision"),
    RELEASES("leases that are about to be released"),
    DECISIONS("decisions held back until their event or configuration is read");

    private final String meaning;

    Pending(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
