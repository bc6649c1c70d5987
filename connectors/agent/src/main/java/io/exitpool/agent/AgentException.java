package io.exitpool.agent;

/** Why an agent cannot do its work, with what to do about it. */
public class AgentException extends RuntimeException {
    AgentException(String message) {
        super(message);
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
