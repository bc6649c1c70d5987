package io.exitpool.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test with one line where no Docker engine answers. Continuous integration has one, so
 * that with {@code CI=true} the test fails instead: a test that is skipped there proves nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {

    /** Asks the engine. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Docker.answers()) {
                return ConditionEvaluationResult.enabled("an engine answers");
            }
            String line =
                    context.getDisplayName()
                            + " needs a Docker engine, and 'docker version' reaches none";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(line + "; .ci/containers/engine up starts one");
            }
            System.err.println("skipped: " + line);
            return ConditionEvaluationResult.disabled(line);
        }
    }
}
