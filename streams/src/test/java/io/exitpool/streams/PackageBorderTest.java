package io.exitpool.streams;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.exitpool", importOptions = DoNotIncludeTests.class)
class PackageBorderTest {

    @ArchTest
    static final ArchRule shouldKeepTheCodecToCoreAndSchemas =
            classes()
                    .that()
                    .resideInAPackage("io.exitpool.streams.codec..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.apache.avro..",
                            "com.fasterxml.jackson..",
                            "io.exitpool.core..",
                            "io.exitpool.schemas",
                            "io.exitpool.schemas.body..",
                            "io.exitpool.streams.codec..",
                            "io.exitpool.streams.rows..");

    @ArchTest
    static final ArchRule shouldLetCoreKnowNobody =
            classes()
                    .that()
                    .resideInAPackage("io.exitpool.core..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "io.exitpool.core..");

    @ArchTest
    static final ArchRule shouldDependOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("io.exitpool.streams..")
                    .layer("app")
                    .definedBy("io.exitpool.streams.app..")
                    .layer("http")
                    .definedBy("io.exitpool.streams.http..")
                    .layer("config")
                    .definedBy("io.exitpool.streams.config..")
                    .layer("allocation")
                    .definedBy("io.exitpool.streams.allocation..")
                    .layer("insight")
                    .definedBy("io.exitpool.streams.insight..")
                    .layer("input")
                    .definedBy("io.exitpool.streams.input..")
                    .layer("store")
                    .definedBy("io.exitpool.streams.store..")
                    .layer("codec")
                    .definedBy("io.exitpool.streams.codec..")
                    .layer("rows")
                    .definedBy("io.exitpool.streams.rows..")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("http")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("config")
                    .mayOnlyBeAccessedByLayers("app", "http")
                    .whereLayer("allocation")
                    .mayOnlyBeAccessedByLayers("app", "http")
                    .whereLayer("insight")
                    .mayOnlyBeAccessedByLayers("app", "http")
                    .whereLayer("input")
                    .mayOnlyBeAccessedByLayers("app", "config", "allocation", "insight")
                    .whereLayer("store")
                    .mayOnlyBeAccessedByLayers("app", "config", "allocation", "insight")
                    .whereLayer("codec")
                    .mayOnlyBeAccessedByLayers("allocation", "insight", "input")
                    .whereLayer("rows")
                    .mayOnlyBeAccessedByLayers("codec");

    /** What is decided is in core; only the topologies and their codec speak its language. */
    @ArchTest
    static final ArchRule shouldNotLeakCoreTypesToTheOutside =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.exitpool.streams.http..", "io.exitpool.streams.config..")
                    .should(dependOnClassesThat(resideInAPackage("io.exitpool.core..")));
}
