package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// How large the parts of the house may be, by their sources: types, methods, packages.
class HouseTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final int MOST_TYPE_LINES = 300;

    /// One type in twenty may have more lines.
    private static final int USUAL_TYPE_LINES = 160;

    private static final int MOST_METHOD_LINES = 40;
    private static final int MOST_TYPES = 30;

    private final Map<String, Integer> types = new TreeMap<>();
    private final Map<String, Integer> methods = new TreeMap<>();

    @Test
    void typesAndMethodsAreSmall() throws IOException {
        read();
        assertThat(above(types, MOST_TYPE_LINES)).as("lines of types").isEmpty();
        assertThat(above(types, USUAL_TYPE_LINES))
                .as("types beyond %d lines", USUAL_TYPE_LINES)
                .hasSizeLessThanOrEqualTo(types.size() / 20);
        assertThat(above(methods, MOST_METHOD_LINES)).as("lines of methods").isEmpty();
    }

    @Test
    void packagesAreSmall() throws IOException {
        Map<String, Integer> sizes =
                sources().stream()
                        .filter(file -> !file.endsWith("package-info.java"))
                        .collect(
                                Collectors.groupingBy(
                                        file -> MAIN.relativize(file.getParent()).toString(),
                                        Collectors.summingInt(_ -> 1)));
        assertThat(above(sizes, MOST_TYPES)).as("types of packages").isEmpty();
    }

    @Test
    void noTwoClassesHaveOneName() throws IOException {
        assertThat(sources().stream().map(file -> file.getFileName().toString()))
                .filteredOn(name -> !name.equals("package-info.java"))
                .doesNotHaveDuplicates();
    }

    private static Map<String, Integer> above(Map<String, Integer> sizes, int most) {
        Map<String, Integer> above = new TreeMap<>();
        sizes.forEach(
                (name, size) -> {
                    if (size > most) {
                        above.put(name, size);
                    }
                });
        return above;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private void read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, positions).scan(unit, null);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Counts lines without annotations and comments in front.
    private final class Measure extends TreeScanner<Void, String> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        private Measure(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, String within) {
            String name = type.getSimpleName().toString();
            if (within == null) {
                types.put(name, lines(type));
            }
            return super.visitClass(type, within == null ? name : within);
        }

        @Override
        public Void visitMethod(MethodTree method, String within) {
            if (method.getBody() != null) {
                methods.merge(within + "." + method.getName(), lines(method.getBody()), Math::max);
            }
            return super.visitMethod(method, within);
        }

        private int lines(Tree tree) {
            LineMap map = unit.getLineMap();
            long first = map.getLineNumber(positions.getStartPosition(unit, tree));
            long last = map.getLineNumber(positions.getEndPosition(unit, tree));
            return (int) (last - first + 1);
        }
    }
}
