package io.exitpool.streams.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.exitpool.core.alert.AlertSignal;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.stats.MinuteSums;
import java.io.IOException;

/**
 * What statistics and alerts must remember or tell one another, as CBOR: their own records with the
 * names of their components, so that a later program reads what an earlier one wrote. It is written
 * once a minute and server, not once a decision; for that there are rows with a schema.
 */
public final class StateCodec {
    private final ObjectMapper cbor =
            CBORMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new HistogramModule())
                    .addMixIn(Signal.class, Signals.class)
                    .addMixIn(AlertSignal.class, AlertSignals.class)
                    .addMixIn(MinuteSums.class, Numbers.class)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    public byte[] encode(Object value) {
        try {
            return cbor.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + value.getClass().getSimpleName(), e);
        }
    }

    public <T> T decode(byte[] bytes, Class<T> type) {
        try {
            return cbor.readValue(bytes, type);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "a "
                            + type.getSimpleName()
                            + " in a store cannot be read: it was written by a later version of"
                            + " Exitpool, or is damaged. Run that version, or remove the state"
                            + " directory and start again",
                    e);
        }
    }

    /**
     * Sixty of them are in every snapshot, and their names would be most of it. So they go by
     * place: a component may be appended to them, and none may move.
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private interface Numbers {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Signal.Known.class, name = "known"),
        @Type(value = Signal.Gone.class, name = "gone"),
        @Type(value = Signal.Progress.class, name = "progress"),
        @Type(value = Signal.Closed.class, name = "closed"),
        @Type(value = Signal.Alerting.class, name = "alerting")
    })
    private interface Signals {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = AlertSignal.Raised.class, name = "raised"),
        @Type(value = AlertSignal.Cleared.class, name = "cleared"),
        @Type(value = AlertSignal.Quiet.class, name = "quiet"),
        @Type(value = AlertSignal.Heard.class, name = "heard")
    })
    private interface AlertSignals {}
}
