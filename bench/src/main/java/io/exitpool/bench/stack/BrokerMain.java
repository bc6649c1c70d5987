package io.exitpool.bench.stack;

import io.exitpool.bench.jvm.Child;
import io.exitpool.demo.stack.LocalStack;
import java.nio.file.Path;

/** The child that {@link Broker} starts. Arguments: directory, partitions. */
public final class BrokerMain {
    static final String READY = "ready";

    private BrokerMain() {}

    public static void main(String[] args) {
        Child.endWithParent();
        LocalStack stack =
                LocalStack.start(
                        Path.of(args[0]),
                        LocalStack.Ports.ANY,
                        Integer.parseInt(args[1]),
                        step -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "bench-stop"));
        Child.say(
                "%s %s %s"
                        .formatted(
                                READY,
                                stack.connection().bootstrapServers(),
                                stack.connection().registryUrl()));
    }
}
