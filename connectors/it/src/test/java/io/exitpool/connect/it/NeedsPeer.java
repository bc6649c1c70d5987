package io.exitpool.connect.it;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips a test with one line where the peer that it needs is not installed. Continuous integration
 * installs all of them, so that with {@code CI} set the test fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPeer.Condition.class)
@interface NeedsPeer {

    /** A directory below which programs lie that are on nobody's path. */
    Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    /** The peer's program. */
    String program();

    /** Debian's package of it. */
    String debian();

    /** Looks for the program. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            NeedsPeer needed =
                    AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class)
                            .orElse(null);
            if (needed == null || onPath(needed.program()) || ofPostgresql(needed.program())) {
                return ConditionEvaluationResult.enabled("it is there");
            }
            String line =
                    "%s needs %s: apt-get install %s"
                            .formatted(context.getDisplayName(), needed.program(), needed.debian());
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(line);
            }
            System.err.println("skipped: " + line);
            return ConditionEvaluationResult.disabled(line);
        }

        private static boolean onPath(String program) {
            return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }

        private static boolean ofPostgresql(String program) {
            PathMatcher its = FileSystems.getDefault().getPathMatcher("glob:**/bin/" + program);
            try (Stream<Path> files = Files.walk(POSTGRESQL, 3)) {
                return files.anyMatch(its::matches);
            } catch (IOException e) {
                return false;
            }
        }
    }
}
