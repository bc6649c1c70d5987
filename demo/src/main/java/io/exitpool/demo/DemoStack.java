package io.exitpool.demo;

import io.exitpool.demo.port.TakenPortException;
import io.exitpool.demo.stack.LocalStack;
import java.nio.file.Path;

/** Starts what a demo stands on, and tells a user why it cannot. */
final class DemoStack {

    private DemoStack() {}

    static LocalStack start(Path directory, LocalStack.Ports ports, Progress progress) {
        try {
            return LocalStack.start(directory, ports, progress::step);
        } catch (TakenPortException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new DemoException(e.getMessage(), e);
        }
    }
}
