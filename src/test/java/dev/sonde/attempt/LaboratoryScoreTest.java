package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Payload;
import dev.sonde.lab.CertificateRecipe;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.RoutedLab;
import dev.sonde.lab.ScoredCause;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The causes of `score.txt`, put to Sonde, nmap, curl and blackbox_exporter, and what each names.
/// It writes `target/score.md`, which the laboratory's page shows. Needs root and the tools.
@EnabledIfSystemProperty(
        named = "test.score",
        matches = "true",
        disabledReason = "-Dtest.score=true compares verdicts with other tools")
@SuppressWarnings("NullAway") // a null fails the test
class LaboratoryScoreTest {

    private static final String NAME = "lab.example";
    private static final Payload REQUEST =
            Payload.text(
                    "GET / HTTP/1.1\r\nHost: lab.example\r\nX-Long: "
                            + "x".repeat(900)
                            + "\r\n\r\n");
    private static final int TRIES = 100;

    @TempDir private Path directory;
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private RoutedLab lab;
    private TestEngine engine;
    private Path root;

    @Test
    void causesAreNamedByMoreToolsThanOne() throws Exception {
        try (TlsClients clients =
                new TlsClients(
                        new CertificateAuthority(directory.resolve("a"), Clock.systemUTC()), 2)) {
            lab = RoutedLab.open();
            try {
                prepare();
                engine = lab.client().call(() -> TestEngine.setup().tls(clients).started());
                Files.writeString(Path.of("target/score.md"), table());
                Files.writeString(Path.of("target/score.txt"), words);
            } finally {
                processes.forEach(Process::destroy);
                engine.close();
                for (ServerSocketChannel listener : listeners) {
                    listener.close();
                }
                lab.close();
            }
        }
    }

    private String table() throws IOException {
        Map<String, int[]> sums = new LinkedHashMap<>();
        StringBuilder rows = new StringBuilder();
        List<ScoredCause> causes = ScoredCause.all();
        for (ScoredCause cause : causes) {
            rows.append("| ").append(cause.name());
            for (Map.Entry<String, String> said : ask(cause).entrySet()) {
                words.append(
                        "%s, %s: %s%n".formatted(cause.name(), said.getKey(), said.getValue()));
                boolean[] named = cause.named(said.getValue());
                int[] sum = sums.computeIfAbsent(said.getKey(), _ -> new int[4]);
                boolean isAll = true;
                for (int part = 0; part < 3; part++) {
                    sum[part] += named[part] ? 1 : 0;
                    isAll &= named[part];
                }
                sum[3] += isAll ? 1 : 0;
                rows.append(" | ").append(ScoredCause.words(named));
            }
            rows.append(" |\n");
        }
        assertThat(sums.get("Sonde")[3]).isGreaterThan(causes.size() / 2);
        return "| cause | "
                + String.join(" | ", sums.keySet())
                + " |\n"
                + "|---".repeat(sums.size() + 1)
                + "|\n"
                + rows
                + totals(sums, causes.size());
    }

    private static String totals(Map<String, int[]> sums, int all) {
        StringBuilder rows = new StringBuilder();
        List<String> names = List.of("reason", "phase", "culprit", "all three");
        for (int part = 0; part < names.size(); part++) {
            int index = part;
            rows.append("| **%s, of %d** | ".formatted(names.get(part), all))
                    .append(
                            sums.values().stream()
                                    .map(sum -> "**" + sum[index] + "**")
                                    .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return rows.toString();
    }

    private Map<String, String> ask(ScoredCause cause) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("Sonde", sonde(cause));
        said.put("nmap", nmap(cause));
        said.put("curl", curl(cause));
        said.put("blackbox_exporter", exporter(cause));
        return said;
    }

    private String sonde(ScoredCause cause) {
        ProbeSettings plain = Settings.within(Duration.ofSeconds(3));
        ProbeSettings settings =
                switch (cause.how()) {
                    case CONNECT -> plain.withPath(PathSettings.DEFAULT);
                    case TALK ->
                            plain.withSteps(
                                            List.of(
                                                    new ObserveSettings(
                                                            Duration.ofSeconds(3),
                                                            Duration.ZERO,
                                                            REQUEST)))
                                    .withPath(PathSettings.DEFAULT)
                                    .withAsk(
                                            new AskSettings(
                                                    Set.of(Question.DATA_PATH, Question.MTU), 1));
                    case TLS ->
                            plain.withSteps(
                                    List.of(
                                            new TlsSettings(
                                                    NAME,
                                                    List.of(),
                                                    null,
                                                    null,
                                                    new TlsTrust.BundleFile(root),
                                                    null)));
                };
        ProbeResult found = run(cause.target(), settings);
        Outcome outcome = found.outcome();
        return "reason %s, phase %s: %s; %s"
                .formatted(
                        outcome.reasonLabel(),
                        outcome.phase() == null ? "" : outcome.phase().label(),
                        outcome.detail(),
                        found.deciding().evidence().asked().stream()
                                .map(Asked::answer)
                                .collect(Collectors.joining("; ")));
    }

    private ProbeResult run(Target target, ProbeSettings settings) {
        ProbeRunner runner =
                new ProbeRunner(
                        engine.prober,
                        name -> ProbeSettings.DEFAULT,
                        ListenerTimelines.none(),
                        List.of(),
                        List.of(),
                        Clock.systemUTC());
        CompletableFuture<ProbeResult> found = new CompletableFuture<>();
        var _ = runner.run(Origin.ofCheck(null), target, settings, found::complete);
        engine.turnUntil(found::isDone);
        return found.join();
    }

    private String nmap(ScoredCause cause) {
        String more =
                switch (cause.how()) {
                    case CONNECT -> "";
                    case TALK -> " -sV --version-light";
                    case TLS -> " --script ssl-cert";
                };
        return printed(
                "nmap -Pn -n --reason --traceroute%s -p %d %s"
                        .formatted(more, cause.target().port(), cause.target().host()));
    }

    private String curl(ScoredCause cause) {
        int port = cause.target().port();
        String scheme = cause.how() == ScoredCause.How.TLS ? "https" : "http";
        return printed(
                "curl -sv -m 4 -H X-Long:%s --cacert %s --resolve %s:%d:%s %s://%s:%d/ -o /dev/null"
                        .formatted(
                                "x".repeat(900),
                                root,
                                NAME,
                                port,
                                cause.target().host(),
                                scheme,
                                NAME,
                                port));
    }

    private String exporter(ScoredCause cause) {
        return printed(
                "curl -s -m 8 http://127.0.0.1:9115/probe?debug=true&module=%s&target=%s"
                        .formatted(cause.how().name().toLowerCase(Locale.ROOT), cause.target()));
    }

    /// What a command wrote to either stream; its status is no matter.
    private String printed(String command) {
        List<String> shell = List.of("sh", "-c", "\"$@\" 2>&1; true", "sh");
        List<String> all = new ArrayList<>(shell);
        all.addAll(List.of(command.split(" ", -1)));
        return lab.client().run(all.toArray(String[]::new)).replaceAll("\\s+", " ");
    }

    private void prepare() throws Exception {
        ScoredCause.prepare(lab);
        KeyMaterial authority = CertificateRecipe.authority("root").make(null);
        KeyMaterial other = CertificateRecipe.authority("other").make(null);
        root = Files.writeString(directory.resolve("root.pem"), Pem.of(authority.chain()));
        listen(80, LaboratoryScoreTest::answer);
        listen(90, _ -> LockSupport.parkNanos(Duration.ofSeconds(20).toNanos()));
        listen(91, accepted -> accepted.read(ByteBuffer.allocate(4_096)));
        listen(92, LaboratoryScoreTest::abort);
        listen(93, LaboratoryScoreTest::answer);
        listen(94, LaboratoryScoreTest::answer);
        listeners.add(
                lab.server()
                        .call(
                                () ->
                                        ServerSocketChannel.open()
                                                .bind(
                                                        new InetSocketAddress(RoutedLab.SERVER, 95),
                                                        1)));
        lab.client()
                .call(
                        () ->
                                List.of(
                                        SocketChannel.open(
                                                new InetSocketAddress(RoutedLab.SERVER, 95)),
                                        SocketChannel.open(
                                                new InetSocketAddress(RoutedLab.SERVER, 95))));
        serve(440, CertificateRecipe.leaf("dns:" + NAME).make(authority));
        serve(441, CertificateRecipe.leaf("dns:" + NAME).ended().make(authority));
        serve(442, CertificateRecipe.leaf("dns:" + NAME).make(other));
        serve(443, CertificateRecipe.leaf("dns:other.example").make(authority));
        serve(444, CertificateRecipe.leaf("dns:" + NAME).make(authority), "-Verify", "1");
        startExporter();
    }

    private interface Serving {
        void serve(SocketChannel accepted) throws IOException;
    }

    private void listen(int port, Serving serving) throws IOException {
        ServerSocketChannel listener = lab.listen(RoutedLab.SERVER, port);
        listeners.add(listener);
        OwnThread.OF_EACH.execute(
                () -> {
                    while (listener.isOpen()) {
                        try {
                            SocketChannel accepted = listener.accept();
                            OwnThread.OF_EACH.execute(() -> serve(serving, accepted));
                        } catch (IOException _) {
                            return; // closed at the end
                        }
                    }
                });
    }

    private static void serve(Serving serving, SocketChannel accepted) {
        try (accepted) {
            serving.serve(accepted);
        } catch (IOException _) {
            // The client has ended the connection.
        }
    }

    private static void answer(SocketChannel accepted) throws IOException {
        accepted.read(ByteBuffer.allocate(4_096));
        accepted.write(
                ByteBuffer.wrap(
                        "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void abort(SocketChannel accepted) throws IOException {
        accepted.read(ByteBuffer.allocate(4_096));
        accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    private void serve(int port, KeyMaterial keys, String... options) throws IOException {
        Path key = Files.writeString(directory.resolve(port + ".key"), keys.keyPem());
        Path chain = Files.writeString(directory.resolve(port + ".pem"), Pem.of(keys.chain()));
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_server", "-accept", Integer.toString(port)));
        command.addAll(List.of("-www", "-quiet", "-key", key.toString(), "-cert"));
        command.add(chain.toString());
        command.addAll(List.of(options));
        processes.add(lab.server().start(directory.resolve(port + ".log"), command));
    }

    private void startExporter() throws IOException {
        Path modules =
                Files.writeString(
                        directory.resolve("modules.yml"), ScoredCause.modules(NAME, root));
        processes.add(
                lab.client()
                        .start(
                                directory.resolve("exporter.log"),
                                List.of(
                                        "prometheus-blackbox-exporter",
                                        "--config.file=" + modules)));
        for (int i = 0; i < TRIES; i++) {
            if (printed("curl -s http://127.0.0.1:9115/-/healthy").contains("Healthy")) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IOException("the exporter does not listen");
    }
}
