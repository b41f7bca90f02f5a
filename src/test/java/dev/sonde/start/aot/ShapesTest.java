package dev.sonde.start.aot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Jdk;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The jar whose beans were chosen when it was built answers as one that chooses them at its start.
/// Run by `.ci/image`: `-Dshapes.jar=FILE`.
@EnabledIfSystemProperty(named = "shapes.jar", matches = ".+")
class ShapesTest {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String CHOSEN = "Starting AOT-processed";
    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/nowhere",
                    "/actuator",
                    "/actuator/health",
                    "/actuator/health/readiness",
                    "/actuator/info",
                    "/actuator/prometheus",
                    "/api/v1/probes",
                    "/api/v1/listeners",
                    "/api/v1/notifications",
                    "/probe?target=127.0.0.1:9&module=tcp_connect",
                    "/swagger-ui/index.html",
                    "/v3/api-docs");

    private static EmbeddedPostgres database;

    @TempDir Path folder;

    @BeforeAll
    static void startDatabase() throws IOException {
        database = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    true,
                    true,  DATABASE
                    false, DATABASE --sonde.cluster.enabled=true --sonde.cluster.insecure=true --sonde.cluster.port=0
                    false, --spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:9/keys
                    true,  --spring.mail.host=127.0.0.1 --spring.mail.port=9
                    false, --server.forward-headers-strategy=framework
                    false, --springdoc.swagger-ui.enabled=false
                    true,  --sonde.page.enabled=false
                    """)
    void answersAreThoseOfAJarThatChoosesItsBeansAtItsStart(
            boolean isChosen, @Nullable String settings) throws Exception {
        List<String> words = new ArrayList<>();
        if (settings != null) {
            words.addAll(List.of(settings.replace("DATABASE", url()).split(" ")));
        }
        assertThat(answers("chosen", isChosen, words)).isEqualTo(answers("plain", false, words));
    }

    private static String url() {
        return "--spring.datasource.username=postgres --spring.datasource.url="
                + database.getJdbcUrl("postgres", "postgres");
    }

    private Map<String, String> answers(String name, boolean isChosen, List<String> settings)
            throws Exception {
        List<String> line =
                new ArrayList<>(List.of(Jdk.program("java"), "-XX:TieredStopAtLevel=1"));
        if (name.equals("plain")) {
            line.add("-Dspring.aot.enabled=false");
        }
        line.addAll(
                List.of(
                        "-jar",
                        System.getProperty("shapes.jar"),
                        "--server.port=0",
                        "--sonde.replica=one",
                        "--sonde.data-dir=" + folder.resolve(name)));
        line.addAll(settings);
        Process service = new ProcessBuilder(line).redirectErrorStream(true).start();
        Map<String, String> answers;
        try (BufferedReader log = service.inputReader(StandardCharsets.UTF_8)) {
            String said = untilStarted(log);
            assertThat(said.contains(CHOSEN)).as(said).isEqualTo(isChosen);
            answers = ask(port(said));
        } finally {
            service.destroy();
            service.waitFor();
        }
        assertThat(folder.resolve(name).resolve("sonde.db-wal"))
                .as("the log of a database that was closed in order")
                .doesNotExist();
        return answers;
    }

    private static String untilStarted(BufferedReader log) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Started SondeApplication")) {
                return said.toString();
            }
        }
        throw new AssertionError("it did not start: " + said);
    }

    private static int port(String said) {
        Matcher found = PORT.matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static Map<String, String> ask(int port) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : PATHS) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("X-Forwarded-Host", "sonde.example")
                                .build();
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                answers.put(
                        path,
                        answer.statusCode()
                                + " "
                                + answer.headers().firstValue("Content-Type")
                                + lasting(path, answer.body()));
            }
        }
        return answers;
    }

    /// Without numbers and without the order of a map, which differ between two processes; of
    /// metrics the names only.
    private static String lasting(String path, String body) {
        String text = body;
        if (path.equals("/actuator/prometheus")) {
            text =
                    body.lines()
                            .filter(line -> line.startsWith("# TYPE sonde_"))
                            .collect(Collectors.joining(","));
        }
        String same =
                text.replaceAll("plain|chosen", "FOLDER")
                        .replaceAll("[0-9a-f-]*[0-9][0-9a-f.-]*(E-?[0-9]+)?", "#");
        return Pattern.compile("[{},\\[\\]]")
                .splitAsStream(same)
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
