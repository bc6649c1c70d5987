package io.exitpool.connect.dns.server;

import java.util.List;
import org.xbill.DNS.Name;

/** Takes updates of zones. */
public interface NameServer extends AutoCloseable {

    /**
     * Makes all the updates, or none, and waits for the answer.
     *
     * @param zone that holds all their names
     * @throws UnansweredException if there is no answer in time; whether the updates were made is
     *     unknown then
     */
    Ruling update(Name zone, List<PtrUpdate> updates) throws UnansweredException;

    @Override
    void close();
}
