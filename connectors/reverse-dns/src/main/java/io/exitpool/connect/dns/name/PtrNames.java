package io.exitpool.connect.dns.name;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What the PTR record says when an address is granted, and what when it falls idle: another name,
 * no record, or still the same.
 */
public final class PtrNames {

    /** Instead of an idle template: the record is removed. */
    public static final String DELETE = "delete";

    /** Instead of an idle template: the record stays as it is. */
    public static final String KEEP = "keep";

    private interface Idle {
        Optional<Wish> wish(InetAddress address, String server);
    }

    private final NameTemplate granted;
    private final Idle idle;
    private final boolean followsReleases;

    private PtrNames(NameTemplate granted, Idle idle, boolean followsReleases) {
        this.granted = granted;
        this.idle = idle;
        this.followsReleases = followsReleases;
    }

    /**
     * Reads both rules.
     *
     * @param idle a template, {@link #DELETE} or {@link #KEEP}
     * @throws IllegalArgumentException if a template is wrong
     */
    public static PtrNames parse(String granted, String idle) {
        NameTemplate whenGranted = NameTemplate.parse(granted);
        switch (idle) {
            case DELETE:
                return new PtrNames(
                        whenGranted, (address, server) -> Optional.of(Wish.NO_RECORD), true);
            case KEEP:
                return new PtrNames(whenGranted, (address, server) -> Optional.empty(), false);
            default:
                NameTemplate whenIdle = NameTemplate.parse(idle);
                return new PtrNames(
                        whenGranted,
                        (address, server) -> Optional.of(Wish.of(whenIdle.name(address, server))),
                        true);
        }
    }

    /** False when a release changes no name, so that nobody needs to look up its address. */
    public boolean followsReleases() {
        return followsReleases;
    }

    /**
     * What the address' records should be from now on; empty: as they are.
     *
     * @throws IllegalArgumentException if the server's name does not fit the template
     */
    public Optional<Wish> wish(Occupancy occupancy, InetAddress address, String server) {
        return occupancy == Occupancy.GRANTED
                ? Optional.of(Wish.of(granted.name(address, server)))
                : idle.wish(address, server);
    }
}
