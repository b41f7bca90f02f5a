package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The commands of the page on containers, at a service that has the settings of its `docker run`
/// and listens on all addresses, as the image does.
class ContainerPageTest {

    private static final Path PAGE = Path.of("docs", "guide", "in-a-container.md");
    private static final Pattern SETTING = Pattern.compile("-e ([A-Z_]+)=(\\S+)");
    private static final Pattern BLOCK =
            Pattern.compile("```sh in a container\\n(.*?)```", Pattern.DOTALL);
    private static final String EXPECTED = "#=> ";

    @TempDir Path data;

    @Test
    void commandsAnswerWhatThePageSays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is needed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is needed");
        int published = freePort();
        String page = Files.readString(PAGE).replace("20000", Integer.toString(published));
        List<String> settings = settings(page, published);
        try (ConfigurableApplicationContext service =
                Starter.start(data, settings.toArray(String[]::new))) {
            String commands = commands(page);
            String output =
                    run(commands.replace("127.0.0.1:8080", "127.0.0.1:" + Starter.port(service)));
            assertThat(commands.lines().filter(line -> line.startsWith(EXPECTED)))
                    .allSatisfy(line -> assertThat(output).contains(line.substring(4)));
        }
    }

    private static String commands(String page) {
        Matcher block = BLOCK.matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    /// The environment of `docker run`, as arguments.
    private static List<String> settings(String page, int published) {
        List<String> settings = new ArrayList<>(List.of("--server.address=0.0.0.0"));
        Matcher setting = SETTING.matcher(page);
        while (setting.find()) {
            String name = setting.group(1).toLowerCase(Locale.ROOT).replace('_', '.');
            String value = setting.group(2).replace("-20019", "-" + published);
            settings.add("--" + name + "=" + value);
        }
        return settings;
    }

    /// A port below those that the kernel gives to others.
    private static int freePort() throws IOException {
        for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 9_000); ; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(port));
                return port;
            } catch (IOException _) {
                // Somebody has this port: the next one is tried.
            }
        }
    }

    private static String run(String commands) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("bash", "-eu", "-c", commands).redirectErrorStream(true).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }
}
