package io.exitpool.bench.throughput;

import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventStream;
import io.exitpool.bench.load.EventWriter;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.load.FleetShape.PoolShape;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.ServerPartition;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Events that were written before anybody reads them, and what must be decided on them. Every
 * 100,000 events a Tick passes on each partition, as it would in a second of a fleet that is as
 * busy as the aim: pools report their status, and statistics close their windows.
 */
final class Backlog {
    private static final long EVENTS_PER_TICK = 100_000;

    private static final Map<String, Object> PRODUCER =
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);

    private final Ledger[] ledgers;
    private final long[] opened;
    private final int[] partitions;
    private final Map<Event.Kind, Long> kinds = new EnumMap<>(Event.Kind.class);
    private long events;

    private Backlog(FleetShape fleet, int partitions) {
        ledgers = Stream.generate(Ledger::new).limit(partitions).toArray(Ledger[]::new);
        opened = new long[partitions];
        this.partitions =
                fleet.pools().stream()
                        .map(PoolShape::server)
                        .mapToInt(server -> ServerPartition.of(server, partitions))
                        .toArray();
    }

    /**
     * Writes as many events of the fleet, and returns when they are written.
     *
     * @param partitions of the events' topic, which is empty
     */
    static Backlog write(
            Connection connection, FleetShape fleet, int partitions, long seed, long events) {
        Backlog backlog = new Backlog(fleet, partitions);
        EventStream stream = new EventStream(fleet, seed, InstantSource.system());
        try (EventWriter writer = new EventWriter(connection, PRODUCER)) {
            while (backlog.events < events || stream.opening()) {
                boolean opening = stream.opening();
                Event event = stream.next();
                writer.send(event);
                backlog.note(event, opening);
                if (backlog.events % EVENTS_PER_TICK == 0) {
                    backlog.tick(writer);
                }
            }
            writer.flush();
        }
        return backlog;
    }

    /** Events, without Ticks. */
    long events() {
        return events;
    }

    /** Records of a partition, with Ticks. */
    long end(int partition) {
        return ledgers[partition].records();
    }

    /** Records of all partitions. */
    long records() {
        return Arrays.stream(ledgers).mapToLong(Ledger::records).sum();
    }

    /** What must have been decided on a partition. */
    Ledger ledger(int partition) {
        return ledgers[partition];
    }

    /**
     * Whether all servers have begun when their partitions are read as far: a fleet at its work.
     */
    boolean isOpenedAt(long[] offsets) {
        return IntStream.range(0, opened.length).allMatch(i -> offsets[i] >= opened[i]);
    }

    /** How many events of which kind. */
    Map<Event.Kind, Long> kinds() {
        return kinds;
    }

    private void note(Event event, boolean opening) {
        int partition = partitions[event.server()];
        Ledger ledger = ledgers[partition];
        if (event.kind() == Event.Kind.START) {
            ledger.granted(event.session().orElseThrow());
        } else if (event.kind() == Event.Kind.END) {
            ledger.released(event.session().orElseThrow());
        } else if (event.kind() == Event.Kind.SNAPSHOT && opening) {
            entries(event).forEach(entry -> ledger.granted(session(entry)));
        }
        ledger.written();
        if (opening) {
            opened[partition] = ledger.records();
        }
        kinds.merge(event.kind(), 1L, Long::sum);
        events++;
    }

    private void tick(EventWriter writer) {
        for (int partition = 0; partition < ledgers.length; partition++) {
            writer.tick(partition);
            ledgers[partition].written();
        }
    }

    private static List<SnapshotEntry> entries(Event snapshot) {
        AgentEvent event = (AgentEvent) snapshot.value().getEvent();
        SnapshotPart part = (SnapshotPart) event.getBody();
        if (part.getParts() > 1) {
            throw new IllegalStateException("a first snapshot in parts is granted at its last");
        }
        return part.getEntries();
    }

    private static SessionId session(SnapshotEntry entry) {
        ByteBuffer bytes = ByteBuffer.wrap(entry.getSession().bytes());
        return new SessionId(bytes.getLong(), bytes.getLong());
    }
}
