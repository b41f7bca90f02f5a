package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The values files of the folder `ci` reach each branch of the templates.
///
/// Each branch of a copy of the chart begins with a failure that bears its number. A rendering ends
/// at the first one, which then goes away, until the values are rendered whole.
class ChartBranchTest {

    private static final Pattern BRANCH =
            Pattern.compile("\\{\\{-?\\s*(?:if|else|with|range)\\b[^}]*}}");
    private static final Pattern REFUSAL = Pattern.compile("\\s*\\{\\{-?\\s*fail\\b");
    private static final Pattern REACHED = Pattern.compile("branch (\\d+) is reached");

    /// Only a cluster has Secrets to look up, as a test of [ChartTest] has. The key of the
    /// authority is only made there.
    private static final Pattern CLUSTER =
            Pattern.compile("lookup|Capabilities|hasAuthoritySecret.*existingSecret");

    private final Map<Integer, String> missed = new TreeMap<>();
    private final Map<Integer, Path> files = new TreeMap<>();

    @Test
    void everyBranchIsReachedByAValuesFile(@TempDir Path folder) throws IOException {
        Chart.copy(folder, text -> text);
        for (Path file : files(folder.resolve("dashboards"))) {
            Files.writeString(file, "{}");
        }
        for (Path file : files(folder.resolve("templates"))) {
            // It does nothing but refuse, as ChartRefusalTest tries.
            if (!file.endsWith("validate.yaml")) {
                Files.writeString(file, mark(file));
            }
        }
        for (String name : Chart.valuesNames()) {
            render(folder, Chart.values(name));
        }
        renderAsReleaseNamedAsTheChart(folder);
        assertThat(missed).isEmpty();
    }

    private void renderAsReleaseNamedAsTheChart(Path folder) throws IOException {
        Path chart = folder.resolve("Chart.yaml");
        String text = Files.readString(chart);
        Files.writeString(chart, text.replace("name: sonde", "name: " + Chart.RELEASE));
        render(folder, "");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String mark(Path file) throws IOException {
        String text = Files.readString(file);
        StringBuilder marked = new StringBuilder();
        int end = 0;
        for (Matcher branch = BRANCH.matcher(text); branch.find(); end = branch.end()) {
            marked.append(text, end, branch.end());
            boolean isRefusal =
                    REFUSAL.matcher(text).region(branch.end(), text.length()).lookingAt();
            if (!isRefusal && !CLUSTER.matcher(branch.group()).find()) {
                int number = files.size();
                files.put(number, file);
                missed.put(number, file.getFileName() + " " + branch.group());
                marked.append(failure(number));
            }
        }
        return marked.append(text, end, text.length()).toString();
    }

    private static String failure(int number) {
        return "{{ fail \"branch %d is reached\" }}".formatted(number);
    }

    private void render(Path folder, String values) throws IOException {
        while (true) {
            try {
                Chart.installation(folder, values);
                return;
            } catch (IllegalStateException e) {
                Matcher reached = REACHED.matcher(e.getMessage());
                if (!reached.find()) {
                    throw e;
                }
                remove(Integer.parseInt(reached.group(1)));
            }
        }
    }

    private void remove(int number) throws IOException {
        missed.remove(number);
        Path file = files.get(number);
        Files.writeString(file, Files.readString(file).replace(failure(number), ""));
    }
}
