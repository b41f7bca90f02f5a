package dev.sonde.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.lab.Endpoints;
import dev.sonde.lab.Jdk;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The way into a jar with nested jars: the service or a command.
class LauncherTest {

    private static final String MANIFEST =
            """
            Main-Class: dev.sonde.launch.Launcher
            Add-Exports: java.base/sun.nio.ch
            Enable-Native-Access: ALL-UNNAMED

            """;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "serve --server.port=1, false",
        "--server.port=1, false",
        "--help, true",
        "--version, true",
        "check db:1, true",
        "-h, true",
    })
    void firstWordDecides(String line, boolean isCommand) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertThat(FirstWord.isCommand(words)).isEqualTo(isCommand);
    }

    @Test
    void serveIsNoArgumentOfTheService() {
        assertThat(FirstWord.ofService(new String[] {"serve", "--a=b"})).containsExactly("--a=b");
        assertThat(FirstWord.ofService(new String[] {"--a=b"})).containsExactly("--a=b");
    }

    /// The entry runs `echo` in place of a JVM.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve --a=b",
                "--server.port=1",
                "--help",
                "--version",
                "check db:1",
                "-h"
            })
    void entryOfTheImageHasTheSameRule(String line) throws Exception {
        Path compiler = Path.of("/usr/bin/cc");
        assumeTrue(Files.isExecutable(compiler), "a C compiler is needed");
        String entry = folder.resolve("entry").toString();
        said(compiler.toString(), "-DJAVA=\"/bin/echo\"", "-o", entry, "image/entry.c");
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
        boolean isCommand = FirstWord.isCommand(words.toArray(String[]::new));
        assertThat(said(Stream.concat(Stream.of(entry), words.stream()).toArray(String[]::new)))
                .startsWith(isCommand ? "@/app/command.options " : "@/app/java.options ")
                .endsWith(
                        isCommand
                                ? "/command.jar " + line + "\n"
                                : ("/sonde.jar " + line).strip() + "\n");
    }

    /// Text, JSON, a drawing and YAML reach every library that commands use.
    @Test
    void commandsRunFromNestedJars() throws Exception {
        Path jar = jar();
        Path module = folder.resolve("modules.yaml");
        Files.writeString(module, "modules:\n  plain:\n    settings: {timeout: 3s}\n");
        try (ServerSocket open = Endpoints.open()) {
            String up = "127.0.0.1:" + open.getLocalPort();
            assertThat(run(jar, "check", "-o", "svg", "--module", module + ":plain", up))
                    .startsWith("<svg");
            assertThat(run(jar, "check", "-o", "json", "localhost:" + open.getLocalPort()))
                    .contains("\"connected\"");
        }
    }

    private static String run(Path jar, String... arguments) throws Exception {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Jdk.program("java"),
                                        "-XX:TieredStopAtLevel=1",
                                        "-jar",
                                        jar.toString()),
                                Stream.of(arguments))
                        .toList();
        return said(command.toArray(String[]::new));
    }

    private static String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("sonde.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(1);
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
            for (String entry :
                    System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path) && Files.exists(path.resolve("application.yaml"))) {
                    addClasses(zip, path);
                } else if (isUsed(path)) {
                    addLibrary(zip, path);
                }
            }
        }
        return jar;
    }

    private static boolean isUsed(Path library) {
        String name = library.getFileName().toString();
        return NestedLoader.USED.stream().anyMatch(name::startsWith);
    }

    private static void addClasses(ZipOutputStream zip, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve("dev"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString();
                add(zip, NestedLoader.CLASSES + name, file);
                if (name.startsWith("dev/sonde/launch/")) {
                    add(zip, name, file);
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
    }

    /// As the packaged jar has it: stored, so that it can be read in place.
    private static void addLibrary(ZipOutputStream zip, Path library) throws IOException {
        byte[] bytes = Files.readAllBytes(library);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry("BOOT-INF/lib/" + library.getFileName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }
}
