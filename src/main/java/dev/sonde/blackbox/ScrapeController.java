package dev.sonde.blackbox;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Module.Use;
import dev.sonde.blackbox.modules.Modules;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /probe`: one probe for one scrape.
@RestController
class ScrapeController implements ScrapeOperations {

    private static final String TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds";
    private static final String MODULE_BY_DEFAULT = "http_2xx";

    /// How soon it is noticed that the caller has gone.
    private static final long LOOK_FOR_CALLER_MILLIS = 100;

    private final Modules modules;
    private final ProbeRunner runner;
    private final RecentAnswers answers;
    private final ExporterFigures figures;
    private final Clock clock;

    ScrapeController(
            Modules modules,
            ProbeRunner runner,
            RecentAnswers answers,
            ExporterFigures figures,
            Clock clock) {
        this.figures = figures;
        this.modules = modules;
        this.runner = runner;
        this.answers = answers;
        this.clock = clock;
    }

    @GetMapping("/probe")
    @Override
    public void probe(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        String wanted = given(request, "module").orElse(MODULE_BY_DEFAULT);
        Optional<Module> module = modules.current().find(wanted);
        if (module.isEmpty()) {
            figures.countUnknownModule();
            PlainText.error(response, 400, unknown(wanted) + hint(request));
            return;
        }
        Duration timeout;
        try {
            timeout = ProbeTimeout.of(request.getHeader(TIMEOUT_HEADER), module.get().timeout());
        } catch (NumberFormatException e) {
            String message = "Failed to parse timeout from Prometheus header: " + e.getMessage();
            PlainText.error(response, 500, message);
            return;
        }
        Optional<String> target = given(request, "target");
        if (target.isEmpty()) {
            PlainText.error(response, 400, "Target parameter is missing");
            return;
        }
        switch (module.get().use()) {
            case Use.Unusable(String why) -> PlainText.error(response, 400, why);
            case Use.Invalid(String why) ->
                    PlainText.error(
                            response,
                            400,
                            "Module %s cannot be used: %s".formatted(Excerpt.quoted(wanted), why));
            case Use.Usable(ProbeSettings settings) -> {
                var scrape =
                        new Scrape(
                                module.get(),
                                target.get(),
                                given(request, "hostname").orElse(null),
                                settings.withTimeout(timeout));
                Answer answer = scrape.run(request.getRemoteUser(), CallerValve.goneOf(request));
                answers.add(answer);
                if (given(request, "debug").filter("true"::equals).isPresent()) {
                    PlainText.write(response, DebugText.of(answer));
                } else {
                    write(ScrapeGauges.of(answer).toBytes(), request, response);
                }
            }
        }
    }

    private static String unknown(String module) {
        return "Unknown module " + Excerpt.quoted(module);
    }

    /// A request without a module means `http_2xx`, as it does to blackbox_exporter.
    private static String hint(HttpServletRequest request) {
        return given(request, "module").isPresent()
                ? ""
                : "; it is the one that is used where the request names none:"
                        + " name a module for TCP, such as module=tcp_connect";
    }

    /// One probe whose caller waits. Single use, on the request's thread.
    private final class Scrape {

        private final Module module;
        private final String target;
        private final @Nullable String hostname;
        private final ProbeSettings settings;

        Scrape(Module module, String target, @Nullable String hostname, ProbeSettings settings) {
            this.module = module;
            this.target = target;
            this.hostname = hostname;
            this.settings = settings;
        }

        Answer run(@Nullable String caller, BooleanSupplier callerIsGone)
                throws InterruptedException {
            Instant at = clock.instant();
            Target parsed;
            ProbeSettings own;
            try {
                parsed = ScrapeTarget.parse(target);
                own = named(settings, hostname);
            } catch (IllegalArgumentException e) {
                return answer(at, null, e.getMessage());
            }
            CompletableFuture<ProbeResult> done = new CompletableFuture<>();
            RunningProbe running = runner.run(Origin.ofScrape(caller), parsed, own, done::complete);
            try {
                return answer(at, await(done, running, callerIsGone), null);
            } catch (InterruptedException e) {
                running.cancel();
                throw e;
            }
        }

        private Answer answer(Instant at, @Nullable ProbeResult result, @Nullable String problem) {
            return new Answer(at, module, target, settings.timeout(), result, problem);
        }
    }

    private static ProbeResult await(
            CompletableFuture<ProbeResult> done, RunningProbe running, BooleanSupplier callerIsGone)
            throws InterruptedException {
        boolean isCancelled = false;
        while (true) {
            try {
                return done.get(LOOK_FOR_CALLER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (!isCancelled && callerIsGone.getAsBoolean()) {
                    isCancelled = true;
                    running.cancel();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a probe always has a result", e);
            }
        }
    }

    /// The name that TLS asks for, where the module has none.
    private static ProbeSettings named(ProbeSettings settings, @Nullable String hostname) {
        if (hostname == null) {
            return settings;
        }
        List<StepSettings> steps = new ArrayList<>(settings.steps());
        steps.replaceAll(
                step ->
                        step instanceof TlsSettings tls && tls.serverName() == null
                                ? tls.withServerName(hostname)
                                : step);
        return settings.withSteps(steps);
    }

    private static Optional<String> given(HttpServletRequest request, String parameter) {
        return Optional.ofNullable(request.getParameter(parameter))
                .filter(value -> !value.isEmpty());
    }

    private static void write(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!acceptsGzip(request.getHeader("Accept-Encoding"))) {
            PlainText.write(response, GaugeText.TYPE, body);
            return;
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        }
        response.setHeader("Content-Encoding", "gzip");
        PlainText.write(response, GaugeText.TYPE, zipped.toByteArray());
    }

    /// As Prometheus' own client library reads the header: by name, without regard to weights but
    /// for a zero.
    static boolean acceptsGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String coding : header.split(",", -1)) {
            String[] parts = coding.split(";", 2);
            boolean isRefused = parts.length == 2 && parts[1].strip().matches("q=0(?:\\.0*)?");
            if (parts[0].strip().equalsIgnoreCase("gzip") && !isRefused) {
                return true;
            }
        }
        return false;
    }
}
