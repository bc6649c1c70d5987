package io.exitpool.bench.throughput;

/**
 * There is no result: what was measured is not what Exitpool promises, or could not be measured.
 */
final class NoResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoResultException(String message) {
        super(message);
    }
}
