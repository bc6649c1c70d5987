package io.exitpool.operator.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Whoever judges the pools' decisions must not share the code that made them. */
class IndependenceTest {

    @Test
    void shouldDependOnNothingOfTheCore() {
        noClasses()
                .that()
                .resideInAPackage("io.exitpool.operator.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.exitpool.core..")
                .check(new ClassFileImporter().importPackages("io.exitpool.operator.audit"));
    }
}
