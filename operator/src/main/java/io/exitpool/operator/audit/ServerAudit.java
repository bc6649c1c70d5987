package io.exitpool.operator.audit;

/** Everything that is known of one server. */
record ServerAudit(
        String name, EventLog events, ConfigHistory configs, PoolBooks books, Trail trail) {

    static ServerAudit of(String name, LogStart decisions, AddressBook addresses) {
        return new ServerAudit(
                name,
                new EventLog(),
                new ConfigHistory(),
                new PoolBooks(name, decisions, addresses),
                new Trail());
    }
}
