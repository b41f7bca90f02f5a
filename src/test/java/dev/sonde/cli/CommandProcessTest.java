package dev.sonde.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.lab.Endpoints;
import dev.sonde.lab.FullQueue;
import dev.sonde.lab.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Commands as processes: signals, a real terminal, a shell's completion.
class CommandProcessTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir Path folder;

    private static List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Jdk.program("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.sonde.SondeApplication"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// The first result is written before the second one exists.
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void interruptedCheckPrintsAWholeDocument(String signal, int status) throws Exception {
        try (FullQueue silent = FullQueue.open()) {
            List<String> line = new ArrayList<>(List.of("env", "--default-signal=" + signal));
            line.addAll(
                    command("check", "-o", "json", "--timeout", "10m", closed(), silent.target()));
            Process check = new ProcessBuilder(line).start();
            BufferedReader out = check.inputReader(StandardCharsets.UTF_8);
            String first = out.readLine() + out.readLine();
            output("kill", "-s", signal, String.valueOf(check.pid()));
            JsonNode read =
                    new JsonMapper().readTree(first + out.lines().collect(Collectors.joining()));
            assertThat(read.at("/results/0/reason").asString()).isEqualTo("refused");
            assertThat(read.at("/results/1/reason").asString()).isEqualTo("cancelled");
            assertThat(check.waitFor()).isEqualTo(status);
        }
    }

    private static String closed() throws IOException {
        return "127.0.0.1:" + Endpoints.freePort();
    }

    /// A process that loads the providers of the JDK, and Bouncy Castle's for want of one, takes
    /// longer for it than for the probe. At its end the JVM waits 300 ms for a thread in a call of
    /// the kernel.
    @Test
    void probeWithoutTlsLoadsNoProvidersAndEndsItsThreads() throws Exception {
        List<String> line = new ArrayList<>(command("check", closed()));
        line.add(1, "-Xlog:class+load,os+thread:stderr");
        assertThat(output(line.toArray(String[]::new)).lines())
                .anyMatch(said -> said.contains("  refused  "))
                .noneMatch(said -> said.contains("sun.security.jca.ProviderConfig$ProviderLoader"))
                .anyMatch(said -> said.contains("exiting (name: \"loop-0\""))
                .anyMatch(said -> said.contains("exiting (name: \"resolver\""));
    }

    @Test
    void terminalGetsColoursUnlessTheyAreUnwanted() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "script(1) makes the terminal");
        try (ServerSocket open = Endpoints.open()) {
            String[] check = {"check", "127.0.0.1:" + open.getLocalPort()};
            assertThat(inTerminal("TERM=xterm", check)).contains("\u001b[32mconnected\u001b[0m");
            assertThat(inTerminal("TERM=xterm NO_COLOR=1", check)).contains("  connected  ");
            assertThat(inTerminal("TERM=dumb", check)).contains("  connected  ");
        }
    }

    private static String inTerminal(String environment, String... arguments)
            throws IOException, InterruptedException {
        String line =
                environment
                        + command(arguments).stream()
                                .map(word -> " '" + word + "'")
                                .collect(Collectors.joining());
        Process script =
                new ProcessBuilder(SCRIPT.toString(), "-qec", line, "/dev/null")
                        .redirectErrorStream(true)
                        .start();
        script.getOutputStream().close();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Path file = folder.resolve("sonde.bash");
        Files.writeString(file, CommandRun.of("completion", "bash").out());
        assertThat(completed(file, "sonde", "sw")).contains("sweep");
        assertThat(completed(file, "sonde", "check", "--wa")).contains("--wait");
        assertThat(completed(file, "sonde", "listen", ":1", "--behaviour", "qu"))
                .contains("queue_full");
    }

    /// Zsh needs a terminal for completion; its module zpty makes one.
    @Test
    void zshCompletesCommands() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "zsh is not installed");
        Path file = folder.resolve("_sonde");
        Files.writeString(file, CommandRun.of("completion", "zsh").out());
        Path driver = folder.resolve("driver.zsh");
        Files.writeString(
                driver,
                """
                zmodload zsh/zpty
                zpty z zsh -f -i
                zpty -w z "autoload -U compinit; compinit -u -D; source %s; print LOADED; PS1=:"
                zpty -r z out '*LOADED*LOADED*:'
                zpty -w -n z $'sonde sw\t'
                zpty -r z out '*sonde sweep*'
                print -r -- "$out"
                """
                        .formatted(file));
        assertThat(output("timeout", "60", "zsh", driver.toString())).contains("sonde sweep");
    }

    @Test
    void fishCompletesCommandsAndOptions() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/fish")), "fish is not installed");
        Path file = folder.resolve("sonde.fish");
        Files.writeString(file, CommandRun.of("completion", "fish").out());
        String line =
                "source %s; complete -C 'sonde sw'; complete -C 'sonde check --wa';".formatted(file)
                        + " complete -C 'sonde listen :1 --behaviour qu'";
        assertThat(output("fish", "--no-config", "-c", line))
                .contains("sweep", "--wait", "queue_full");
    }

    private static String completed(Path file, String... words)
            throws IOException, InterruptedException {
        String line =
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_sonde; echo \"${COMPREPLY[@]}\""
                        .formatted(file, String.join(" ", words), words.length - 1);
        return output("bash", "-c", line);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return said;
    }
}
