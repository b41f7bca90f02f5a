package dev.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// How code that ships and code that tests it deal with time.
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway") // a null fails the test
class TimeTest {

    private static JavaClasses all;

    /// What our classes call is seen without looking into other people's.
    @BeforeAll
    static void read() {
        ArchConfiguration.withThreadLocalScope(
                configuration -> {
                    configuration.setResolveMissingDependenciesFromClassPath(false);
                    all = new ClassFileImporter().importPackages("dev.sonde");
                });
    }

    /// Elapsed time comes from a ticker, the date from an injected clock.
    @Test
    void nobodyReadsTheWallClockByHand() {
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(all);
    }

    /// Tests wait for events. The benchmark is none: it waits for a machine to fall silent.
    @Test
    void nobodySleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..bench..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(all);
    }
}
