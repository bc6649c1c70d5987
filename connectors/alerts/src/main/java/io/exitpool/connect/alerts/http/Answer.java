package io.exitpool.connect.alerts.http;

import java.util.OptionalLong;

/**
 * What became of a request, in terms of what to do next.
 *
 * @param detail for the operator, in one line; never holds credentials or what was sent
 * @param retryAfterMillis how long the peer asked to be left alone, when it did
 */
public record Answer(Verdict verdict, String detail, OptionalLong retryAfterMillis) {

    /** What to do next. */
    public enum Verdict {
        /** Done. */
        ACCEPTED,
        /** The peer will never take this document: send others. */
        REFUSED,
        /** The peer would refuse every document alike: an operator must mend the configuration. */
        MISCONFIGURED,
        /** Nobody answered, or not now: the same document again, later. */
        UNAVAILABLE
    }

    static Answer of(int status, String detail, OptionalLong retryAfterMillis) {
        return new Answer(verdict(status), "HTTP " + status + detail, retryAfterMillis);
    }

    static Answer unavailable(String detail) {
        return new Answer(Verdict.UNAVAILABLE, detail, OptionalLong.empty());
    }

    public boolean accepted() {
        return verdict == Verdict.ACCEPTED;
    }

    /**
     * Redirects are not followed, because what is sent carries credentials. 401, 403, 404, 405 and
     * 407 speak of the address or of the credentials, not of the document.
     */
    private static Verdict verdict(int status) {
        if (status >= 200 && status < 300) {
            return Verdict.ACCEPTED;
        }
        return switch (status) {
            case 408, 425, 429 -> Verdict.UNAVAILABLE;
            case 401, 403, 404, 405, 407 -> Verdict.MISCONFIGURED;
            default ->
                    status >= 500
                            ? Verdict.UNAVAILABLE
                            : status >= 400 ? Verdict.REFUSED : Verdict.MISCONFIGURED;
        };
    }
}
