package dev.sonde;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;

/// How code that ships and code that tests it deal with time.
@AnalyzeClasses(packages = "dev.sonde")
class TimeTest {

    /// Elapsed time comes from a ticker, the date from an injected clock.
    @ArchTest
    static final ArchRule nobodyReadsTheWallClockByHand =
            noClasses().should().callMethod(System.class, "currentTimeMillis");

    /// Tests wait for events. The benchmark is none: it waits for a machine to fall silent.
    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..bench..")
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", Duration.class);
}
