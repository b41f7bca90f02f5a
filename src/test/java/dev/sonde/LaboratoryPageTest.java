package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Cause;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// The table of causes, the tests that make them real, and the page that shows it: none has a row
/// that the others lack.
class LaboratoryPageTest {

    private static final Path PAGE = Path.of("docs/development/laboratory.md");
    private static final String HEAD =
            "| cause | made by | verdict | phase | test |\n|---|---|---|---|---|\n";

    @Test
    void atLeastSixtyDifferentCausesAreListed() throws IOException {
        assertThat(Cause.all())
                .hasSizeGreaterThanOrEqualTo(60)
                .extracting(cause -> cause.section() + ": " + cause.cause())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyCauseHasATestThatDemandsItsVerdict() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Cause cause : Cause.all()) {
            Path file = files.computeIfAbsent(cause.testClass(), LaboratoryPageTest::source);
            assertThat(testsOf(file)).as(cause.row()).contains(cause.testMethod());
            String word = cause.expected().substring(cause.expected().indexOf('/') + 1);
            String source = Files.readString(file);
            boolean isDriven = cause.section().equals("ICMP") && source.contains("Cause.all()");
            assertThat(isDriven || source.contains(word)).as(cause.row()).isTrue();
        }
    }

    @Test
    void everyVerdictAndPhaseIsOneOfAResult() throws IOException {
        List<String> failed = Stream.of(FailureReason.values()).map(FailureReason::label).toList();
        List<String> ours =
                Stream.of(NotProbedReason.values()).map(NotProbedReason::label).toList();
        for (Cause cause : Cause.all()) {
            assertThat(isPhase(cause.phase())).as(cause.row()).isTrue();
            String[] words = cause.expected().split("/", 2);
            switch (cause.isVerdict() ? words[0] : "words") {
                case "failed" -> assertThat(failed).contains(words[1]);
                case "not_probed" -> assertThat(ours).contains(words[1]);
                case "succeeded" -> assertThat(words[1]).isEqualTo("connected");
                default -> assertThat(cause.isVerdict()).as(cause.row()).isFalse();
            }
        }
    }

    @Test
    void pageShowsTheTable() throws IOException {
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        for (Cause cause : Cause.all()) {
            sections.computeIfAbsent(cause.section(), _ -> new StringBuilder(HEAD))
                    .append(cause.row())
                    .append('\n');
        }
        String page = Files.readString(PAGE);
        sections.forEach((section, table) -> assertThat(page).as(section).contains(table));
        assertThat(page.lines().filter(line -> line.startsWith("| ")).count())
                .isEqualTo(Cause.all().size() + sections.size());
        assertThat(page).contains(Cause.all().size() + " causes");
    }

    private static List<String> testsOf(Path file) {
        String name = Path.of("src/test/java").relativize(file).toString();
        try {
            Class<?> type =
                    Class.forName(
                            name.substring(0, name.length() - ".java".length()).replace('/', '.'),
                            false,
                            LaboratoryPageTest.class.getClassLoader());
            return Stream.of(type.getDeclaredMethods())
                    .filter(LaboratoryPageTest::isTest)
                    .map(Method::getName)
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static boolean isPhase(String word) {
        return word.equals("path")
                || Stream.of(Phase.values()).map(Phase::label).anyMatch(word::equals);
    }

    private static Path source(String simpleName) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(simpleName + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no test " + simpleName));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
