package io.exitpool.connect.dns.server;

import java.net.InetAddress;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * What the name server's answer means for what was sent.
 *
 * @param kind what to do next
 * @param advice what the operator should do; empty when all is well
 */
public record Ruling(Kind kind, String advice) {

    /** What to do next. */
    public enum Kind {
        /** The updates were made. */
        DONE,
        /** One of the names is not the zone's: none was made. */
        NAME_REFUSED,
        /** Try again later. */
        PASSING,
        /** Only an operator can help. */
        LASTING
    }

    /** The updates were made. */
    public static final Ruling MADE = new Ruling(Kind.DONE, "");

    /**
     * Reads an answer's codes.
     *
     * @param rcode of the header
     * @param tsigError of the answer's TSIG record; 0 without one
     * @param server for the message
     */
    public static Ruling of(int rcode, int tsigError, Name zone, String server) {
        if (tsigError != Rcode.NOERROR) {
            return ofTsig(tsigError, server);
        }
        return switch (rcode) {
            case Rcode.NOERROR -> MADE;
            case Rcode.NOTZONE ->
                    new Ruling(
                            Kind.NAME_REFUSED,
                            "NOTZONE: the record's name is not in %s at %s; correct 'zones'"
                                    .formatted(zone, server));
            case Rcode.SERVFAIL ->
                    new Ruling(
                            Kind.PASSING,
                            "SERVFAIL: %s could not write zone %s; see its log, often its"
                                            .formatted(server, zone)
                                    + " directory is full or not writable (the journal)");
            case Rcode.REFUSED ->
                    lasting(
                            "REFUSED: %s does not let this key update zone %s; allow it there"
                                            .formatted(server, zone)
                                    + " (bind: update-policy or allow-update), then restart the"
                                    + " task");
            case Rcode.NOTAUTH ->
                    lasting(
                            "NOTAUTH: %s is not the primary of zone %s; correct 'dns.server' or"
                                            .formatted(server, zone)
                                    + " 'zones', or add the zone there, then restart the task");
            default ->
                    lasting(
                            "%s: %s does not take updates of zone %s; see its log, then restart the"
                                            .formatted(Rcode.string(rcode), server, zone)
                                    + " task");
        };
    }

    /** What is said of an address that no zone takes. */
    public static String noZone(InetAddress address) {
        return "no zone for "
                + address.getHostAddress()
                + ": add its prefix to 'zones', or the zone to the name server";
    }

    private static Ruling ofTsig(int error, String server) {
        return switch (error) {
            case Rcode.BADKEY ->
                    lasting(
                            "BADKEY: %s knows no key of this name and algorithm; compare"
                                            .formatted(server)
                                    + " 'tsig.key.name' and 'tsig.algorithm' with its key"
                                    + " statement, then restart the task");
            case Rcode.BADSIG ->
                    lasting(
                            "BADSIG: %s has the key, but another secret; correct".formatted(server)
                                    + " 'tsig.key.secret', then restart the task");
            case Rcode.BADTIME ->
                    new Ruling(
                            Kind.PASSING,
                            "BADTIME: the clocks of this machine and of %s are more than 5 min"
                                            .formatted(server)
                                    + " apart; set them (NTP)");
            default ->
                    lasting(
                            "%s: %s does not accept the signature; see its log, then restart the"
                                            .formatted(Rcode.TSIGstring(error), server)
                                    + " task");
        };
    }

    private static Ruling lasting(String advice) {
        return new Ruling(Kind.LASTING, advice);
    }
}
