package dev.sonde.attack;

import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/// The seed and the number of cases of a fuzz test: `-Dsonde.fuzz.seed`, `-Dsonde.fuzz.cases`. They
/// are taken out of the system properties before the service looks for settings that do not exist.
public final class FuzzSettings implements EnvironmentPostProcessor, Ordered {

    private static final Long SEED = Long.getLong("sonde.fuzz.seed");
    private static final int SEEDS = 1_000_000;
    private static final Integer CASES = Integer.getInteger("sonde.fuzz.cases");

    /// The seed that was given, else any; the test prints it.
    public static long seed() {
        return SEED == null ? ThreadLocalRandom.current().nextInt(SEEDS) : SEED;
    }

    /// The number that was given, else the usual one.
    public static int cases(int usual) {
        return CASES == null ? usual : CASES;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        System.clearProperty("sonde.fuzz.seed");
        System.clearProperty("sonde.fuzz.cases");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
