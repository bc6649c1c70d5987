package io.exitpool.demo.registry;

/** An answer that is an error, with Confluent's error code; its first three digits are HTTP's. */
final class RegistryError extends Exception {

    private static final int LONGEST_HTTP_STATUS = 999;

    private final int code;

    private RegistryError(int code, String message) {
        super(message);
        this.code = code;
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(String version) {
        return new RegistryError(40402, "Version " + version + " not found.");
    }

    static RegistryError schemaNotFound(String what) {
        return new RegistryError(40403, what + " not found");
    }

    static RegistryError subjectConfigNotFound(String subject) {
        return new RegistryError(
                40408,
                "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryError pathNotFound(String path) {
        return new RegistryError(404, "HTTP 404 Not Found: " + path);
    }

    static RegistryError methodNotAllowed(String method) {
        return new RegistryError(405, "HTTP 405 Method Not Allowed: " + method);
    }

    static RegistryError incompatible(String subject, String messages) {
        return new RegistryError(
                409,
                "Schema being registered is incompatible with an earlier schema for subject \""
                        + subject
                        + "\", details: "
                        + messages);
    }

    static RegistryError unreadableBody(String why) {
        return new RegistryError(422, "Unreadable request body: " + why);
    }

    static RegistryError invalidSchema(String why) {
        return new RegistryError(42201, "Invalid schema: " + why);
    }

    static RegistryError invalidVersion(String version) {
        return new RegistryError(
                42202,
                "The specified version '"
                        + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and"
                        + " the string \"latest\"");
    }

    static RegistryError invalidCompatibilityLevel() {
        return new RegistryError(
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full,"
                        + " backward_transitive, forward_transitive, and full_transitive");
    }

    int code() {
        return code;
    }

    int httpStatus() {
        int status = code;
        while (status > LONGEST_HTTP_STATUS) {
            status /= 10;
        }
        return status;
    }
}
