package io.exitpool.demo.fleet;

import java.util.List;

/**
 * What an operator does to pools during a run. The calls speak to Kafka and may take seconds, so
 * the fleet makes them from a thread of their own.
 */
public interface OperatorDesk {

    void setAside(String server, List<String> addresses, String reason);

    void restore(String server, List<String> addresses);

    void release(String server, int slot);
}
