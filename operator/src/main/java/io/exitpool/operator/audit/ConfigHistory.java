package io.exitpool.operator.audit;

import io.exitpool.schemas.PoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One server's configurations as far as compaction left them. A version that was not read is gone
 * once a later record of the server was; before that it may yet come.
 */
final class ConfigHistory {
    private final List<ConfigVersion> versions = new ArrayList<>();
    private boolean removed;
    private boolean everRemoved;
    private long lastOffset = -1;

    /**
     * A configuration, or that the server has none any more (null).
     *
     * @return false if the record was read before
     */
    boolean read(Position at, PoolConfig config) {
        if (at.offset() <= lastOffset) {
            return false;
        }
        lastOffset = at.offset();
        if (config == null) {
            removed = true;
            everRemoved = true;
        } else if (removed || versions.isEmpty() || config.getVersion() > last().version()) {
            removed = false;
            versions.add(new ConfigVersion(config, at.timestamp()));
        }
        return true;
    }

    /** The version as it stood at the time; a removed server may use numbers again. */
    Optional<ConfigVersion> version(long number, long time) {
        ConfigVersion found = null;
        for (ConfigVersion version : versions) {
            boolean another = found == null || version.writtenAt() <= time;
            if (version.version() == number && another) {
                found = version;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Something later than the version was read. */
    boolean isPast(long number) {
        return everRemoved || !versions.isEmpty() && last().version() > number;
    }

    /** With everything read: no such version was ever written. */
    boolean wasNeverWritten(long number) {
        return !everRemoved && !versions.isEmpty() && last().version() < number;
    }

    /** The first configuration read that is later than the version. */
    Optional<ConfigVersion> after(long number, long time) {
        Optional<ConfigVersion> from = version(number, time);
        int next = from.isPresent() ? versions.indexOf(from.get()) + 1 : 0;
        return versions.subList(next, versions.size()).stream()
                .filter(version -> from.isPresent() || version.version() > number)
                .findFirst();
    }

    boolean wasRemoved() {
        return everRemoved;
    }

    /** Addresses that the slot has in any version before this one, the latest first. */
    Optional<SlotAddresses> addressesBefore(long number, int slot) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).version() < number) {
                Optional<SlotAddresses> addresses = versions.get(i).addresses(slot);
                if (addresses.isPresent()) {
                    return addresses;
                }
            }
        }
        return Optional.empty();
    }

    /** The shortest rest that any version from one to another promised. */
    Rest shortestRest(OptionalLong since, long until) {
        long least = Long.MAX_VALUE;
        long most = 0;
        long found = 0;
        long from = since.orElse(until);
        for (ConfigVersion version : versions) {
            if (version.version() >= from && version.version() <= until) {
                least = Math.min(least, version.minRest());
                most = Math.max(most, version.minRest());
                found++;
            }
        }
        return new Rest(least, most, since.isPresent() && found == until - from + 1);
    }

    /**
     * What the rest was while a slot lay empty.
     *
     * @param complete every version in between was read
     */
    record Rest(long least, long most, boolean complete) {}

    /** The longest lease-ttl of the versions up to one. */
    Optional<Long> longestTtlUntil(long number) {
        return versions.stream()
                .filter(version -> version.version() <= number)
                .map(ConfigVersion::leaseTtl)
                .max(Long::compare);
    }

    /** Whether a version after one and up to another ordered a reset, or may have. */
    boolean mayOrderReset(long since, long until) {
        long read =
                versions.stream()
                        .mapToLong(ConfigVersion::version)
                        .filter(version -> version > since && version <= until)
                        .count();
        return read != until - since
                || versions.stream()
                        .filter(version -> version.version() > since)
                        .filter(version -> version.version() <= until)
                        .anyMatch(ConfigVersion::ordersReset);
    }

    boolean ordersRebuild(long since, long until) {
        return versions.stream()
                .anyMatch(
                        version ->
                                version.ordersRebuild()
                                        && version.version() > since
                                        && version.version() <= until);
    }

    private ConfigVersion last() {
        return versions.get(versions.size() - 1);
    }
}
