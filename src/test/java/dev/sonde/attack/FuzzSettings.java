package dev.sonde.attack;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/// The seed and the number of cases of a fuzz test, `-Dsonde.fuzz.seed` and `-Dsonde.fuzz.cases`,
/// and the time of the soak, `-Dsonde.soak.seconds`. They are taken out of the system properties
/// before the service looks for settings that do not exist.
public final class FuzzSettings implements EnvironmentPostProcessor, Ordered {

    private static final String SEED_PROPERTY = "sonde.fuzz.seed";
    private static final String CASES_PROPERTY = "sonde.fuzz.cases";
    private static final String SOAK_PROPERTY = "sonde.soak.seconds";
    private static final Long SEED = Long.getLong(SEED_PROPERTY);
    private static final int SEEDS = 1_000_000;
    private static final Integer CASES = Integer.getInteger(CASES_PROPERTY);
    private static final Duration SOAK = Duration.ofSeconds(Long.getLong(SOAK_PROPERTY, 600));

    /// The seed that was given, else the usual one.
    public static long seed(long usual) {
        return SEED == null ? usual : SEED;
    }

    /// A seed for a test of the attack profile; the test prints it.
    public static long any() {
        return ThreadLocalRandom.current().nextInt(SEEDS);
    }

    /// How long the soak takes.
    public static Duration soak() {
        return SOAK;
    }

    /// The number that was given, else the usual one.
    public static int cases(int usual) {
        return CASES == null ? usual : CASES;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        System.clearProperty(SEED_PROPERTY);
        System.clearProperty(CASES_PROPERTY);
        System.clearProperty(SOAK_PROPERTY);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
