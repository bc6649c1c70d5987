package io.exitpool.it;

import io.exitpool.schemas.SessionId;
import io.exitpool.streams.codec.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
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
            open(store, db -> addLeases(db, sessions));
        }
        return sessions;
    }

    /** Lets RocksDB drop whatever was deleted or overwritten, as it does by itself in time. */
    static void compact(Path stateDir) {
        try (CompactRangeOptions everything =
                new CompactRangeOptions()
                        .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
            for (Path store : stores(stateDir)) {
                open(store, db -> compact(db, everything));
            }
        }
    }

    private static void compact(RocksDB db, CompactRangeOptions everything)
            throws RocksDBException {
        db.compactRange(db.getDefaultColumnFamily(), null, null, everything);
    }

    private static void addLeases(RocksDB db, Set<SessionId> into) {
        try (RocksIterator rows = db.newIterator()) {
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

    /** The offsets beside the rows have keys that begin with 0. */
    private static boolean isRow(byte[] key) {
        return key[0] != 0;
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
        void on(RocksDB db) throws RocksDBException;
    }

    /** Without compression, as Exitpool has it: what is compressed cannot be searched. */
    private static void open(Path store, Work work) {
        RocksDB.loadLibrary();
        try (Options options = new Options().setCompressionType(CompressionType.NO_COMPRESSION);
                RocksDB db = RocksDB.open(options, store.toString())) {
            work.on(db);
        } catch (RocksDBException e) {
            throw new IllegalStateException("cannot open " + store, e);
        }
    }
}
