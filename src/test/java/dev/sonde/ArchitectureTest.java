package dev.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.sonde.eventloop.Ticker;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private static final int MOST_TYPES_OF_A_RING = 6;

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

    /// Tests drive the time of these rooms by hand.
    @ArchTest
    static final ArchRule theCoreReadsTimeFromItsTicker =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.sonde.eventloop..",
                            "dev.sonde.attempt..",
                            "dev.sonde.listen..",
                            "dev.sonde.schedule..",
                            "dev.sonde.check..",
                            "dev.sonde.policy..",
                            "dev.sonde.probe..",
                            "dev.sonde.security..")
                    .and()
                    .doNotHaveFullyQualifiedName(Ticker.class.getName())
                    .should()
                    .callMethod(System.class, "nanoTime");

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

    /// Types of one package that need each other, directly or not, have to be read together.
    @ArchTest
    static void fewTypesOfAPackageFormARing(JavaClasses classes) {
        Map<String, Set<String>> reached = new TreeMap<>();
        Map<String, Set<String>> used = neighbours(classes);
        used.keySet().forEach(type -> reach(type, used, reached, type));
        Set<Set<String>> rings = new HashSet<>();
        reached.forEach(
                (type, others) ->
                        rings.add(
                                others.stream()
                                        .filter(
                                                other ->
                                                        reached.getOrDefault(other, Set.of())
                                                                .contains(type))
                                        .collect(Collectors.toCollection(TreeSet::new))));
        assertThat(rings).allMatch(ring -> ring.size() <= MOST_TYPES_OF_A_RING);
    }

    /// The types of its own package that each type uses, nested ones within their outer type.
    private static Map<String, Set<String>> neighbours(JavaClasses classes) {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> own = used.computeIfAbsent(outer(type), _ -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(target -> target.getPackageName().equals(type.getPackageName()))
                    .forEach(target -> own.add(outer(target)));
        }
        return used;
    }

    private static void reach(
            String from,
            Map<String, Set<String>> used,
            Map<String, Set<String>> reached,
            String type) {
        for (String next : used.getOrDefault(type, Set.of())) {
            if (reached.computeIfAbsent(from, _ -> new TreeSet<>()).add(next)) {
                reach(from, used, reached, next);
            }
        }
    }

    private static String outer(JavaClass type) {
        return type.getName().split("\\$", 2)[0];
    }

    @Test
    void roomsImportOnlyWhatTheyDeclare() {
        ApplicationModules.of(SondeApplication.class).verify();
    }
}
