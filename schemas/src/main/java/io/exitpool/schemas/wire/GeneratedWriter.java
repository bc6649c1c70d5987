package io.exitpool.schemas.wire;

import io.exitpool.schemas.body.BodyWriter;
import io.exitpool.schemas.body.RecordBuffer;
import io.exitpool.schemas.topic.Topic;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes a generated class by the coder that was generated with it. For one thread. */
final class GeneratedWriter<T extends SpecificRecord> implements BodyWriter<T> {
    private final SpecificDatumWriter<T> writer;
    private BinaryEncoder encoder;

    GeneratedWriter(Topic<T> topic) {
        SpecificData data = AvroModels.writing();
        writer = new SpecificDatumWriter<>(data.getSchema(topic.valueType()), data);
    }

    @Override
    public void write(T value, RecordBuffer to) throws IOException {
        encoder = EncoderFactory.get().directBinaryEncoder(to, encoder);
        writer.write(value, encoder);
        encoder.flush();
    }
}
