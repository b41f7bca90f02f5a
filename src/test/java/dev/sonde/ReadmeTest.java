package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Runs every `sh` block of the README and of the pages in `docs` as a user would, and looks for
/// what they say that it answers. Blocks run in their order against one service.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureMetrics
@Order(1)
class ReadmeTest {

    /// The programs that the blocks call.
    private static final List<String> TOOLS = List.of("bash", "curl", "grep", "openssl", "sed");

    /// The command as a user has it, from the classes.
    private static final String SONDE =
            """
            sonde() {
                "$SONDE_JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$SONDE_CLASSPATH" \
                    --add-exports=java.base/sun.nio.ch=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
                    dev.sonde.SondeApplication "$@"
            }
            """;

    private static final String EXPECTED = "#=> ";

    @LocalServerPort int port;
    @TempDir Path home;

    /// One block: its commands, and what has to be in their output.
    record Block(String commands, List<String> expected) {

        static Block of(List<String> lines) {
            List<String> expected =
                    lines.stream()
                            .filter(line -> line.startsWith(EXPECTED))
                            .map(line -> line.substring(EXPECTED.length()))
                            .toList();
            return new Block(String.join("\n", lines), expected);
        }

        @Override
        public String toString() {
            return commands.lines().findFirst().orElse("");
        }
    }

    static Stream<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path document : pages()) {
            addBlocks(document, blocks);
        }
        return blocks.stream();
    }

    /// The README, then all pages of `docs` in the order of their paths.
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static void addBlocks(Path document, List<Block> blocks) throws IOException {
        List<String> block = null;
        for (String line : Files.readAllLines(document)) {
            if (line.equals("```sh")) {
                block = new ArrayList<>();
            } else if (line.equals("```") && block != null) {
                blocks.add(Block.of(block));
                block = null;
            } else if (block != null) {
                block.add(line);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void answersWhatTheReadmeSays(Block block) throws Exception {
        requireTools();
        assertThat(block.commands())
                .as("a build inside the build")
                .doesNotContainPattern("\\bmvn ");
        String output = run(block.commands().replace("127.0.0.1:8080", "127.0.0.1:" + port));
        for (String expected : block.expected()) {
            assertThat(output).contains(expected);
        }
    }

    private String run(String commands) throws IOException, InterruptedException {
        Files.writeString(home.resolve(".curlrc"), "fail-with-body\nshow-error\nmax-time = 60\n");
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-c", SONDE + commands);
        shell.environment().put("SONDE_JAVA", Jdk.program("java"));
        shell.environment().put("SONDE_CLASSPATH", System.getProperty("java.class.path"));
        shell.environment().put("CURL_HOME", home.toString());
        Process process = shell.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void requireTools() {
        boolean there = TOOLS.stream().allMatch(ReadmeTest::isThere);
        if (!there) {
            System.out.println("Skipped: the README's commands need " + TOOLS + " on the PATH");
        }
        assumeTrue(there, TOOLS + " are needed on the PATH");
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
