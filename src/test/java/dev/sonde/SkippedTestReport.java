package dev.sonde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// The report of skipped tests: which were skipped, why, and the command that runs them. The build
/// prints the file at its end. JUnit calls it from its worker threads.
public final class SkippedTestReport implements TestExecutionListener {

    private static final Path FILE = Path.of("target", "skipped-tests.txt");

    private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            note(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
    }

    private void note(TestIdentifier test, String reason) {
        reasons.putIfAbsent(name(test), reason.lines().findFirst().orElse(reason));
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(
                        source ->
                                switch (source) {
                                    case MethodSource method -> method.getJavaClass();
                                    case ClassSource type -> type.getJavaClass();
                                    default -> null;
                                })
                .map(Class::getSimpleName)
                .orElse(test.getDisplayName());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String skipped =
                reasons.isEmpty()
                        ? "  none\n"
                        : new TreeMap<>(reasons)
                                .entrySet().stream()
                                        .map(
                                                one ->
                                                        "  %s: %s%n"
                                                                .formatted(
                                                                        one.getKey(),
                                                                        one.getValue()))
                                        .collect(Collectors.joining());
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    "Skipped tests (.ci/lab installs the tools that the lab tests need):\n"
                            + skipped
                            + "Left out of this run: long attacks (mvn -Pattack verify).\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
