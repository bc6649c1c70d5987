package io.exitpool.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The core is pure Java: no clock, no I/O, no log, no chance but what it is handed. */
class BorderTest {
    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.exitpool.core");

    @Test
    void shouldDependOnNothingButTheJavaLanguageAndItsCollections() {
        classes()
                .should(
                        onlyDependOnClassesThat(
                                resideInAnyPackage(
                                        "io.exitpool.core..",
                                        "java.lang..",
                                        "java.util",
                                        "java.util.function",
                                        "java.util.stream",
                                        "java.util.random")))
                .check(CORE);
    }

    @Test
    void shouldReadNoClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .check(CORE);
    }

    @Test
    void shouldDrawNoChanceOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("SecureRandom")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("UUID")
                .check(CORE);
    }

    @Test
    void shouldDoNoInputAndNoOutput() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.logging..")
                .check(CORE);
    }

    @Test
    void shouldPointOneWay() {
        slices().matching("io.exitpool.core.(*)..").should().beFreeOfCycles().check(CORE);
        noClasses()
                .that()
                .resideInAPackage("io.exitpool.core.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.exitpool.core.decision..", "io.exitpool.core.pool..")
                .check(CORE);
    }
}
