package dev.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.core.ApplicationModules;

/// What is true of the code that ships and can be seen in its bytecode.
@AnalyzeClasses(packages = "dev.sonde", importOptions = ImportOption.DoNotIncludeTests.class)
@Execution(ExecutionMode.CONCURRENT)
class ArchitectureTest {

    @ArchTest
    static final ArchRule roomsFormNoCycle =
            SlicesRuleDefinition.slices().matching("dev.sonde.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfARoomFormNoCycle =
            SlicesRuleDefinition.slices().matching("dev.sonde.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheEventLoopSelects =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.sonde.eventloop..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.nio.channels.Selector");

    @ArchTest
    static final ArchRule theCoreKnowsNoFramework =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.sonde.probe..", "dev.sonde.eventloop..", "dev.sonde.kernel..")
                    .and()
                    .doNotHaveSimpleName("package-info")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheRoomMetricsNamesMeters =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.sonde.metrics..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheOuterRoomsSpeakHttp =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.sonde.api..",
                            "dev.sonde.blackbox..",
                            "dev.sonde.toxiproxy..",
                            "dev.sonde.page..",
                            "dev.sonde.problem..",
                            "dev.sonde.security..",
                            "dev.sonde.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields()
                    .should()
                    .beAnnotatedWith(Autowired.class)
                    .orShould()
                    .beAnnotatedWith(Value.class);

    @Test
    void roomsImportOnlyWhatTheyDeclare() {
        ApplicationModules.of(SondeApplication.class).verify();
    }
}
