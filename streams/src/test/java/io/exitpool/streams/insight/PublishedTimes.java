package io.exitpool.streams.insight;

import io.exitpool.schemas.Bucket;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.ReuseGap;
import io.exitpool.schemas.TimeDistribution;
import java.util.List;
import java.util.TreeMap;

/**
 * Times as somebody merges them who has nothing but the records and the schema's docs: a dashboard.
 * It shares no code with what wrote them.
 */
final class PublishedTimes {
    private final TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long count;
    private long sumMillis;
    private long under1Minute;
    private long under5Minutes;
    private long under60Minutes;

    static PublishedTimes gaps(List<PoolStats> windows) {
        PublishedTimes merged = new PublishedTimes();
        for (PoolStats window : windows) {
            ReuseGap gap = window.getReuseGap();
            if (gap != null) {
                merged.add(gap.getTimes());
                merged.under1Minute += gap.getUnder1Minute();
                merged.under5Minutes += gap.getUnder5Minutes();
                merged.under60Minutes += gap.getUnder60Minutes();
            }
        }
        return merged;
    }

    void add(TimeDistribution times) {
        for (Bucket bucket : times.getBuckets()) {
            buckets.merge(bucket.getIndex(), bucket.getCount(), Long::sum);
        }
        count += times.getCount();
        sumMillis += times.getSumMillis();
    }

    long count() {
        return count;
    }

    long sumMillis() {
        return sumMillis;
    }

    double meanMillis() {
        return (double) sumMillis / count;
    }

    long under1Minute() {
        return under1Minute;
    }

    long under5Minutes() {
        return under5Minutes;
    }

    long under60Minutes() {
        return under60Minutes;
    }

    TreeMap<Integer, Long> buckets() {
        return buckets;
    }

    /** By nearest rank, told as the middle of its bucket. */
    long percentile(int percent) {
        long rank = (long) Math.ceil(count * percent / 100.0);
        long upTo = 0;
        for (var bucket : buckets.entrySet()) {
            upTo += bucket.getValue();
            if (upTo >= rank) {
                return middle(bucket.getKey());
            }
        }
        throw new IllegalStateException("no times");
    }

    /** As the schema's doc of a bucket says. */
    private static long middle(int index) {
        if (index < 32) {
            return index;
        }
        long width = 1L << index / 32 - 1;
        return (32 + index % 32) * width + width / 2;
    }
}
