package io.exitpool.connect.dns;

import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.exitpool.connect.dns.change.Patience;
import io.exitpool.connect.dns.change.Sender;
import io.exitpool.connect.dns.name.ConfiguredZones;
import io.exitpool.connect.dns.name.DiscoveredZones;
import io.exitpool.connect.dns.name.PtrNames;
import io.exitpool.connect.dns.name.ReverseZone;
import io.exitpool.connect.dns.name.Zones;
import io.exitpool.connect.dns.server.Endpoint;
import io.exitpool.connect.dns.server.TcpNameServer;
import io.exitpool.connect.dns.server.TsigKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The connector's settings, checked, and the parts that they describe. */
public final class ReverseDnsConfig extends AbstractConfig {

    static final String SERVER = "dns.server";
    static final String KEY_NAME = "tsig.key.name";
    static final String KEY_SECRET = "tsig.key.secret";
    static final String KEY_ALGORITHM = "tsig.algorithm";
    static final String ZONES = "zones";
    static final String GRANTED = "ptr.granted";
    static final String IDLE = "ptr.idle";
    static final String TTL = "ptr.ttl.seconds";
    static final String LINGER = "linger.ms";
    static final String BATCH = "batch.size";
    static final String CHANGES_PER_SECOND = "changes.per.second";
    static final String MESSAGES_PER_SECOND = "messages.per.second";
    static final String TIMEOUT = "request.timeout.ms";
    static final String BACKOFF = "retry.backoff.ms";
    static final String BACKOFF_MAX = "retry.backoff.max.ms";
    static final String GIVE_UP = "retry.give.up.ms";
    static final String BUFFER = "buffer.addresses";
    static final String REASSERT = "reassert.after.ms";
    static final String CONFIGS_TOPIC = "configs.topic";

    private static final int HOUR_MILLIS = 3_600_000;
    private static final int DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final int DAY_SECONDS = 86_400;

    /** More do not fit into a message of 64 KiB when names are long. */
    private static final int MOST_PER_MESSAGE = 500;

    private static final int MOST_PER_SECOND = 1_000_000;

    private final PtrNames names;

    /**
     * Reads and checks the settings.
     *
     * @throws ConfigException that names the setting and says what it should be
     */
    public ReverseDnsConfig(Map<String, String> settings) {
        super(definition(), settings, false);
        this.names = PtrNames.parse(getString(GRANTED), getString(IDLE));
        if (getInt(BACKOFF_MAX) < getInt(BACKOFF)) {
            throw new ConfigException(
                    BACKOFF_MAX, getInt(BACKOFF_MAX), "must be " + BACKOFF + " or more");
        }
    }

    PtrNames names() {
        return names;
    }

    TcpNameServer server() {
        return new TcpNameServer(
                Endpoint.parse(getString(SERVER)),
                TsigKey.of(
                        getString(KEY_ALGORITHM),
                        getString(KEY_NAME),
                        getPassword(KEY_SECRET).value()),
                Duration.ofSeconds(getInt(TTL)),
                millis(TIMEOUT));
    }

    Zones zones(DiscoveredZones.ZoneQuery query) {
        List<String> zones = getList(ZONES);
        return zones.isEmpty()
                ? new DiscoveredZones(query)
                : new ConfiguredZones(zones.stream().map(ReverseZone::parse).toList());
    }

    Sender.Limits limits() {
        return new Sender.Limits(
                getInt(BATCH), getInt(CHANGES_PER_SECOND), getInt(MESSAGES_PER_SECOND));
    }

    Patience patience() {
        return new Patience(millis(BACKOFF), millis(BACKOFF_MAX), millis(GIVE_UP));
    }

    Duration linger() {
        return millis(LINGER);
    }

    Duration reassertAfter() {
        return millis(REASSERT);
    }

    int mostWaiting() {
        return getInt(BUFFER);
    }

    String configsTopic() {
        return getString(CONFIGS_TOPIC);
    }

    private Duration millis(String key) {
        return Duration.ofMillis(getInt(key));
    }

    static ConfigDef definition() {
        ConfigDef settings = new ConfigDef();
        defineServer(settings);
        defineNames(settings);
        definePace(settings);
        return settings;
    }

    private static void defineServer(ConfigDef settings) {
        settings.define(
                        SERVER,
                        Type.STRING,
                        NO_DEFAULT_VALUE,
                        checked(Endpoint::parse, "host, host:port or [IPv6]:port"),
                        Importance.HIGH,
                        "The primary name server of the reverse zones, as host or host:port. It is"
                                + " spoken to over TCP.")
                .define(
                        KEY_NAME,
                        Type.STRING,
                        NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Name of the TSIG key, as in the name server's key statement.")
                .define(
                        KEY_SECRET,
                        Type.PASSWORD,
                        NO_DEFAULT_VALUE,
                        secret(),
                        Importance.HIGH,
                        "The TSIG key's secret in base64. Better from a file:"
                                + " ${file:/path/secrets.properties:tsig}.")
                .define(
                        KEY_ALGORITHM,
                        Type.STRING,
                        TsigKey.ALGORITHMS.get(0),
                        ConfigDef.ValidString.in(TsigKey.ALGORITHMS.toArray(String[]::new)),
                        Importance.LOW,
                        "The TSIG key's algorithm.")
                .define(
                        ZONES,
                        Type.LIST,
                        "",
                        zoneList(),
                        Importance.MEDIUM,
                        "Prefixes with their zones, such as"
                                + " 192.0.2.0/24,2001:db8:5::/48=5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa;"
                                + " without '=' the zone that ends where the prefix does. A part of"
                                + " a /24 may have a zone beside its names (RFC 2317). Addresses"
                                + " elsewhere are dead letters. Empty: the name server is asked,"
                                + " once for each /24 and /64.")
                .define(
                        TIMEOUT,
                        Type.INT,
                        5_000,
                        between(1, 60_000),
                        Importance.LOW,
                        "Milliseconds to wait for a connection, and for an answer.");
    }

    private static void defineNames(ConfigDef settings) {
        settings.define(
                        GRANTED,
                        Type.STRING,
                        NO_DEFAULT_VALUE,
                        checked(text -> PtrNames.parse(text, PtrNames.KEEP), "a name template"),
                        Importance.HIGH,
                        "The name of an address in use, such as"
                                + " {address-dashed}.{server}.exits.example.net. Also:"
                                + " {address-hex}, {family}.")
                .define(
                        IDLE,
                        Type.STRING,
                        PtrNames.KEEP,
                        checked(
                                text -> PtrNames.parse("a.b", text),
                                "keep, delete or a name template"),
                        Importance.HIGH,
                        "What becomes of the record when the last session leaves an address: keep"
                            + " (nothing), delete (no record), or a template for its idle name. All"
                            + " but keep show the world when an address is in use.")
                .define(
                        TTL,
                        Type.INT,
                        300,
                        between(0, 7 * DAY_SECONDS),
                        Importance.MEDIUM,
                        "Seconds for which resolvers may remember a record.")
                .define(
                        CONFIGS_TOPIC,
                        Type.STRING,
                        "exit-pool-configs",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "The topic of pool configurations, which should be among 'topics'; it is"
                                + " read from its beginning at every start.");
    }

    private static void definePace(ConfigDef settings) {
        settings.define(
                        LINGER,
                        Type.INT,
                        5_000,
                        between(0, HOUR_MILLIS),
                        Importance.MEDIUM,
                        "Milliseconds that a change waits for a later one of its address.")
                .define(
                        BATCH,
                        Type.INT,
                        250,
                        between(1, MOST_PER_MESSAGE),
                        Importance.MEDIUM,
                        "Addresses in an update message, at most.")
                .define(
                        CHANGES_PER_SECOND,
                        Type.INT,
                        1_000,
                        between(1, MOST_PER_SECOND),
                        Importance.MEDIUM,
                        "Addresses changed a second, at most, by all tasks together.")
                .define(
                        MESSAGES_PER_SECOND,
                        Type.INT,
                        50,
                        between(1, MOST_PER_SECOND),
                        Importance.MEDIUM,
                        "Update messages a second, at most, by all tasks together.")
                .define(
                        BACKOFF,
                        Type.INT,
                        500,
                        between(1, HOUR_MILLIS),
                        Importance.LOW,
                        "Milliseconds to leave a failing name server alone; doubles each time.")
                .define(
                        BACKOFF_MAX,
                        Type.INT,
                        60_000,
                        between(1, HOUR_MILLIS),
                        Importance.LOW,
                        "Milliseconds to which that pause grows.")
                .define(
                        GIVE_UP,
                        Type.INT,
                        HOUR_MILLIS,
                        between(0, DAY_MILLIS),
                        Importance.MEDIUM,
                        "Milliseconds of failing after which the task fails; 0: never. Shorter than"
                                + " the decisions are kept, so that a restarted task finds them.")
                .define(
                        BUFFER,
                        Type.INT,
                        200_000,
                        between(1, 10_000_000),
                        Importance.LOW,
                        "Addresses with a change that waits, at most, in one task; then it reads no"
                                + " further.")
                .define(
                        REASSERT,
                        Type.INT,
                        HOUR_MILLIS,
                        between(0, DAY_MILLIS),
                        Importance.LOW,
                        "Milliseconds after which a name is sent again though the name server has"
                                + " confirmed it: what somebody else changed is healed at the"
                                + " address' next decision.");
    }

    /** A setting that is right when it can be read. */
    private interface Reading {
        Object read(String text);
    }

    private static ConfigDef.Validator checked(Reading reading, String what) {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> {
                    if (value != null) {
                        check(key, (String) value, reading);
                    }
                },
                () -> what);
    }

    private static ConfigDef.Validator zoneList() {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> {
                    for (Object zone : (List<?>) value) {
                        check(key, (String) zone, ReverseZone::parse);
                    }
                },
                () -> "prefixes, each with =zone or without");
    }

    private static ConfigDef.Validator secret() {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> {
                    if (value != null) {
                        checkSecret(key, (Password) value);
                    }
                },
                () -> "base64");
    }

    private static void checkSecret(String key, Password secret) {
        try {
            TsigKey.of(TsigKey.ALGORITHMS.get(0), "key", secret.value());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, secret, e.getMessage());
        }
    }

    private static void check(String key, String value, Reading reading) {
        try {
            reading.read(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, value, e.getMessage());
        }
    }
}
