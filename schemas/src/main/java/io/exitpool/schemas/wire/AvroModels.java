package io.exitpool.schemas.wire;

import org.apache.avro.specific.SpecificData;

/**
 * How Avro fills our classes: written by the coders that were generated with them, read by Avro's
 * fast reader. Reading by the generated coders would take twice as long, because they still ask the
 * resolving decoder for every field.
 */
final class AvroModels {

    private static final SpecificData WRITING = new SpecificData(classes());
    private static final SpecificData READING = new SpecificData(classes());

    static {
        WRITING.setCustomCoders(true);
        READING.setCustomCoders(false);
        READING.setFastReaderEnabled(true);
    }

    private AvroModels() {}

    static SpecificData writing() {
        return WRITING;
    }

    static SpecificData reading() {
        return READING;
    }

    private static ClassLoader classes() {
        return AvroModels.class.getClassLoader();
    }
}
