package dev.sonde.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sonde.cli.terminal.Terminal;
import dev.sonde.lab.Endpoints;
import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// The examples that need a container, a cluster or the packaged jar, by the part of them that is a
/// command; and those of the helps. `ReadmeTest` runs all others.
class ExampleTest {

    private static final Terminal NOBODY =
            Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of());
    private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");
    private static final Pattern IN_CONTAINER =
            Pattern.compile(
                    "(?m)^(?:docker run .* sonde(?:/sonde)?|kubectl (?:run|debug) .* --) (\\w.*)$");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern JAVA = Pattern.compile("'java (.*) -jar \\S*sonde\\.jar'");

    @TempDir Path folder;

    static Stream<String> examplesOfHelps() {
        return CommandList.all(NOBODY).getSubcommands().values().stream()
                .flatMap(command -> command.getUsageMessage().lines())
                .map(String::strip)
                .filter(line -> line.startsWith("sonde "));
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("'", ""))
                .toList();
    }

    /// A pipe or a redirection is the shell's.
    @ParameterizedTest
    @MethodSource("examplesOfHelps")
    void exampleOfAHelpIsUnderstood(String example) {
        List<String> words = words(example.replaceAll(" [|>] .*", ""));
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        assertThatCode(() -> CommandList.line(arguments[0], NOBODY).parseArgs(arguments))
                .doesNotThrowAnyException();
    }

    static List<List<String>> commandsInContainers() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (String page : pages()) {
            IN_CONTAINER.matcher(page).results().forEach(r -> commands.add(words(r.group(1))));
            YAML.matcher(page).results().forEach(r -> addContainers(load(r.group(1)), commands));
        }
        return commands;
    }

    private static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>(List.of(Files.readString(Path.of("README.md"))));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
                pages.add(Files.readString(page));
            }
        }
        return pages;
    }

    private static Object load(String yaml) {
        return yaml.contains("image: sonde/sonde") ? new Yaml().load(yaml) : List.of();
    }

    private static void addContainers(Object node, List<List<String>> commands) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("args") instanceof List<?> words) {
                commands.add(words.stream().map(String::valueOf).toList());
            }
            addContainers(map.values(), commands);
        } else if (node instanceof Collection<?> all) {
            all.forEach(each -> addContainers(each, commands));
        }
    }

    /// The image's entry point takes them as they are.
    @ParameterizedTest
    @MethodSource("commandsInContainers")
    void commandInAContainerFindsAnOpenPort(List<String> command) throws IOException {
        try (ServerSocket open = Endpoints.open()) {
            String up = "127.0.0.1:" + open.getLocalPort();
            CommandRun run =
                    CommandRun.of(
                            command.stream()
                                    .map(word -> word.replaceAll("^[\\w.]+:\\d+$", up))
                                    .toArray(String[]::new));
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains(up + "  connected");
        }
    }

    @Test
    void pagesHaveCommandsForDockerAndKubernetes() throws IOException {
        assertThat(commandsInContainers()).hasSizeGreaterThanOrEqualTo(4);
    }

    /// The flags of the short form `sonde`, at the place of the archive a folder of the test.
    @Test
    void virtualMachineTakesTheFlagsOfTheShortForm() throws Exception {
        Matcher flags = JAVA.matcher(Files.readString(Path.of("docs", "guide", "command-line.md")));
        assertThat(flags.find()).isTrue();
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java"));
        line.addAll(words(flags.group(1).replace("/tmp/", folder + "/")));
        line.add("-version");
        Process java = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(said).isZero();
        assertThat(said).startsWith("openjdk version");
    }
}
