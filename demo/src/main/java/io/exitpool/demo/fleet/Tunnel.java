package io.exitpool.demo.fleet;

import io.exitpool.agent.protocol.Peer;
import io.exitpool.demo.workload.Visit;
import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * One client's tunnel to one server while it is up. Its key is a number made up by the workload.
 */
final class Tunnel implements Peer {

    private final Visit visit;

    Tunnel(Visit visit) {
        this.visit = visit;
    }

    Visit visit() {
        return visit;
    }

    @Override
    public long keyed(Mac mac) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(visit.peer()).array();
        return ByteBuffer.wrap(mac.doFinal(key)).getLong();
    }
}
