package io.exitpool.schemas.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the wire logged while the test ran, by level. */
final class Logs implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Wire.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Logs() {
        appender.start();
        logger.addAppender(appender);
    }

    List<String> of(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
