package io.exitpool.streams.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.exitpool.core.stats.Histogram;
import java.io.IOException;

/** A histogram as one array of numbers: index, count, index, count and so on. */
final class HistogramModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    HistogramModule() {
        addSerializer(Histogram.class, new Writer());
        addDeserializer(Histogram.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Histogram> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(Histogram.class);
        }

        @Override
        public void serialize(Histogram histogram, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            long[] flat = new long[2 * histogram.size()];
            for (int n = 0; n < histogram.size(); n++) {
                flat[2 * n] = histogram.indexAt(n);
                flat[2 * n + 1] = histogram.countAt(n);
            }
            out.writeArray(flat, 0, flat.length);
        }
    }

    private static final class Reader extends StdDeserializer<Histogram> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(Histogram.class);
        }

        @Override
        public Histogram deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            long[] flat = in.readValueAs(long[].class);
            int[] indexes = new int[flat.length / 2];
            long[] counts = new long[flat.length / 2];
            for (int n = 0; n < indexes.length; n++) {
                indexes[n] = (int) flat[2 * n];
                counts[n] = flat[2 * n + 1];
            }
            return Histogram.of(indexes, counts);
        }
    }
}
