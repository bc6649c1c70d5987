package io.exitpool.connect.dns.server;

import io.exitpool.connect.dns.name.DiscoveredZones;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;
import org.xbill.DNS.WireParseException;

/**
 * A name server over TCP: dynamic updates (RFC 2136), each signed and each answer checked with a
 * TSIG key, and queries for the zone of a name.
 */
public final class TcpNameServer implements NameServer, DiscoveredZones.ZoneQuery {

    private final Endpoint endpoint;
    private final TSIG key;
    private final long ttlSeconds;
    private final TcpLink link;

    /**
     * Connects at the first message.
     *
     * @param key signs what is sent, and must have signed what is received
     * @param ttl of the records added
     * @param timeout of connecting, and of one answer
     */
    public TcpNameServer(Endpoint endpoint, TSIG key, Duration ttl, Duration timeout) {
        this.endpoint = endpoint;
        this.key = key;
        this.ttlSeconds = ttl.toSeconds();
        this.link = new TcpLink(endpoint, timeout);
    }

    @Override
    public Ruling update(Name zone, List<PtrUpdate> updates) throws UnansweredException {
        Update message = new Update(zone);
        for (PtrUpdate update : updates) {
            message.delete(update.owner(), Type.PTR);
            update.ptr()
                    .ifPresent(
                            ptr ->
                                    message.add(
                                            new PTRRecord(
                                                    update.owner(), DClass.IN, ttlSeconds, ptr)));
        }
        Message answer = exchange(message);
        return ruling(answer, zone);
    }

    @Override
    public Optional<Name> zoneOf(Name name) throws UnansweredException {
        Message query = Message.newQuery(Record.newRecord(name, Type.SOA, DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        Message answer = exchange(query);
        if (tsigError(answer) == Rcode.NOERROR && answer.getHeader().getFlag(Flags.AA)) {
            return soaOwner(answer, Section.ANSWER).or(() -> soaOwner(answer, Section.AUTHORITY));
        }
        if (tsigError(answer) == Rcode.NOERROR
                && (answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.REFUSED)) {
            // A referral, or a server that answers for its own zones only: none of them is it.
            return Optional.empty();
        }
        Ruling ruling = ruling(answer, name);
        if (ruling.kind() == Ruling.Kind.LASTING) {
            throw new ConnectException(ruling.advice());
        }
        throw new UnansweredException(ruling.advice());
    }

    @Override
    public void close() {
        link.close();
    }

    private Ruling ruling(Message answer, Name zone) {
        return Ruling.of(answer.getRcode(), tsigError(answer), zone, endpoint.toString());
    }

    private Message exchange(Message message) throws UnansweredException {
        key.apply(message, null);
        TSIGRecord signature = message.getTSIG();
        try {
            byte[] bytes = link.exchange(message.toWire());
            Message answer = new Message(bytes);
            if (answer.getHeader().getID() != message.getHeader().getID()) {
                throw new WireParseException("an answer to another question");
            }
            check(answer, bytes, signature);
            return answer;
        } catch (UnansweredException e) {
            link.close();
            throw e;
        } catch (IOException e) {
            link.close();
            throw new UnansweredException(
                    "no answer from the name server %s (%s); see that it runs, listens on TCP and is"
                                    .formatted(endpoint, e.getMessage())
                            + " reachable from here",
                    e);
        }
    }

    /** An answer that is acted on must be signed: anybody on the way could write another. */
    private void check(Message answer, byte[] bytes, TSIGRecord signature)
            throws UnansweredException {
        if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
            return;
        }
        if (key.verify(answer, bytes, signature) != Rcode.NOERROR) {
            throw new UnansweredException(
                    "the answer of the name server %s is not signed with 'tsig.key.name'; see"
                                    .formatted(endpoint)
                            + " that nothing stands between, such as a proxy");
        }
    }

    private static Optional<Name> soaOwner(Message answer, int section) {
        return answer.getSection(section).stream()
                .filter(record -> record.getType() == Type.SOA)
                .map(Record::getName)
                .findFirst();
    }

    private static int tsigError(Message answer) {
        TSIGRecord tsig = answer.getTSIG();
        return tsig == null ? Rcode.NOERROR : tsig.getError();
    }
}
