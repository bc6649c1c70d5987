package io.exitpool.it;

import io.exitpool.schemas.SessionId;
import io.exitpool.streams.codec.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** The stores in the state directory of an allocation that has stopped. */
final class StoredRows {
    private StoredRows() {}

    /** The sessions that a lease row names. */
    static Set<SessionId> leases(Path stateDir) {
        Set<SessionId> sessions = new HashSet<>();
        for (Path store : stores(stateDir)) {
            open(store, (db, family) -> addLeases(db, family, sessions));
        }
        return sessions;
    }

    /** Lets RocksDB drop whatever was deleted or overwritten, as it does by itself in time. */
    static void compact(Path stateDir) {
        try (CompactRangeOptions everything =
                new CompactRangeOptions()
                        .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
            for (Path store : stores(stateDir)) {
                open(store, (db, family) -> db.compactRange(family, null, null, everything));
            }
        }
    }

    private static void addLeases(RocksDB db, ColumnFamilyHandle family, Set<SessionId> into) {
        try (RocksIterator rows = db.newIterator(family)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                if (!isRow(rows.key())) {
                    continue;
                }
                RowKey key = RowKey.decode(rows.key());
                if (key.kind() == RowKey.Kind.LEASE) {
                    into.add(new SessionId(key.id()));
                }
            }
        }
    }

    /** Kafka Streams keeps its own notes beside the rows; their keys have no 0x00. */
    private static boolean isRow(byte[] key) {
        for (byte b : key) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> stores(Path stateDir) {
        try (Stream<Path> all = Files.walk(stateDir)) {
            return all.filter(path -> path.getFileName().toString().equals("CURRENT"))
                    .map(Path::getParent)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void on(RocksDB db, ColumnFamilyHandle family) throws RocksDBException;
    }

    /** Without compression, as Kafka Streams has it: what is compressed cannot be searched. */
    private static void open(Path store, Work work) {
        RocksDB.loadLibrary();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options listing = new Options();
                ColumnFamilyOptions family =
                        new ColumnFamilyOptions()
                                .setCompressionType(CompressionType.NO_COMPRESSION);
                DBOptions options = new DBOptions()) {
            List<ColumnFamilyDescriptor> families =
                    RocksDB.listColumnFamilies(listing, store.toString()).stream()
                            .map(name -> new ColumnFamilyDescriptor(name, family))
                            .toList();
            try (RocksDB db = RocksDB.open(options, store.toString(), families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    work.on(db, handle);
                }
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException("cannot open " + store, e);
        }
    }
}
