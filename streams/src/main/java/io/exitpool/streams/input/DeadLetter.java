package io.exitpool.streams.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.streams.codec.ServerName;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The form of a dead letter, whoever writes it: headers that say why and where the record was read,
 * after the record's own; the key only when it is a server's name. The value stays only while
 * nobody could decode it: what was decoded may name a session, and is not kept a second time.
 */
public final class DeadLetter {
    /** Why: a {@link Reason}, a colon and a sentence for people. */
    public static final String REASON = "exitpool.reason";

    /** The topic in which the record was read. */
    public static final String TOPIC = "exitpool.topic";

    public static final String PARTITION = "exitpool.partition";
    public static final String OFFSET = "exitpool.offset";

    private static final String PREFIX = "exitpool.";
    private static final int MAX_SENTENCE = 300;

    /** Why a record is a dead letter; the counter's label. */
    public enum Reason {
        /** The bytes are no record of the topic's schema. */
        UNDECODABLE,
        /** A field says what cannot be. */
        BAD_VALUE,
        /** An event without a value. */
        NO_VALUE,
        /** Whose it is, is not said. */
        NO_KEY,
        /** The key is no server's name. */
        BAD_KEY,
        /** The record is not where its key belongs. */
        WRONG_PARTITION,
        /** A Tick of another partition, or with a key. */
        STRAY_TICK,
        /** The pool does not believe it, or failed over it. */
        REFUSED;

        /** As a label of a metric: {@code wrong-partition}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private DeadLetter() {}

    /** The record's own headers, then ours. */
    public static Headers headers(
            Headers own, Reason reason, String sentence, String topic, int partition, long offset) {
        Headers headers = new RecordHeaders();
        for (Header header : own) {
            // A dead letter that somebody wrote back must not tell its first story.
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        return headers.add(REASON, utf8(reason + ": " + shortened(sentence)))
                .add(TOPIC, utf8(topic))
                .add(PARTITION, utf8(Integer.toString(partition)))
                .add(OFFSET, utf8(Long.toString(offset)));
    }

    /** The key, if it is a server's name. */
    public static byte[] key(byte[] own) {
        return ServerName.decode(own).isPresent() ? own : null;
    }

    private static String shortened(String sentence) {
        return sentence.length() <= MAX_SENTENCE
                ? sentence
                : sentence.substring(0, MAX_SENTENCE) + "...";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
