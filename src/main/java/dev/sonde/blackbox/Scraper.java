package dev.sonde.blackbox;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.blackbox.direct.ProbeStart;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Answers `/probe`: one probe for one scrape. Safe for any thread; the caller's waits.
@Component
final class Scraper implements ProbeStart {

    static final String TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds";
    private static final String MODULE_BY_DEFAULT = "http_2xx";

    /// A request without a module means `http_2xx`, as it does to blackbox_exporter.
    private static final String HINT =
            "; it is the one that is used where the request names none:"
                    + " name a module for TCP, such as module=tcp_connect";

    private static final Logger log = LoggerFactory.getLogger(Scraper.class);

    private final Modules modules;
    private final ProbeRunner runner;
    private final RecentAnswers answers;
    private final CallerWatch watch;
    private final ExporterFigures figures;
    private final Clock clock;

    Scraper(
            Modules modules,
            ProbeRunner runner,
            RecentAnswers answers,
            CallerWatch watch,
            ExporterFigures figures,
            Clock clock) {
        this.figures = figures;
        this.modules = modules;
        this.runner = runner;
        this.answers = answers;
        this.watch = watch;
        this.clock = clock;
    }

    /// Probes the target that the request names, and answers.
    ///
    /// @param caller the caller's name; absent for one without
    void answer(HttpServletRequest request, HttpServletResponse response, @Nullable String caller)
            throws IOException, InterruptedException {
        String wanted = request.getParameter("module");
        boolean isNamed = wanted != null && !wanted.isEmpty();
        String name = isNamed ? wanted : MODULE_BY_DEFAULT;
        Optional<Module> module = modules.current().find(name);
        if (module.isEmpty()) {
            figures.countUnknownModule();
            PlainText.error(response, 400, unknown(name) + (isNamed ? "" : HINT));
            return;
        }
        Duration timeout = timeout(module.get(), request, response);
        if (timeout == null) {
            return;
        }
        String target = request.getParameter("target");
        if (target == null || target.isEmpty()) {
            PlainText.error(response, 400, "Target parameter is missing");
            return;
        }
        switch (module.get().use()) {
            case Use.Unusable(String why) -> PlainText.error(response, 400, why);
            case Use.Invalid(String why) ->
                    PlainText.error(
                            response,
                            400,
                            "Module %s cannot be used: %s".formatted(Excerpt.quoted(name), why));
            case Use.Usable(ProbeSettings settings) ->
                    answer(
                            new WaitedScrape(
                                    module.get(),
                                    target,
                                    request.getParameter("hostname"),
                                    settings.withTimeout(timeout)),
                            request,
                            response,
                            caller);
        }
    }

    private void answer(
            WaitedScrape scrape,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String caller)
            throws IOException, InterruptedException {
        Answer answer = scrape.run(caller, CallerValve.goneOf(request));
        answers.add(answer);
        if ("true".equals(request.getParameter("debug"))) {
            PlainText.write(response, DebugText.of(answer));
        } else {
            write(ScrapeGauges.of(answer).toBytes(), request, response);
        }
    }

    /// A request whose answer is an error goes to the server.
    @Override
    public @Nullable RunningProbe begin(Scrape scrape, Consumer<byte @Nullable []> whenDone) {
        Module module = modules.current().find(scrape.module()).orElse(null);
        if (module == null || !(module.use() instanceof Use.Usable(ProbeSettings usable))) {
            return null;
        }
        Target target;
        ProbeSettings settings;
        try {
            target = ScrapeTarget.parse(scrape.target());
            Duration timeout = ProbeTimeout.of(scrape.timeout(), module.timeout());
            settings = usable.withTimeout(timeout);
        } catch (IllegalArgumentException _) {
            return null;
        }
        Instant at = clock.instant();
        return runner.run(
                Origin.ofScrape(scrape.caller()),
                target,
                settings,
                result ->
                        whenDone.accept(
                                text(
                                        new Answer(
                                                at,
                                                module,
                                                scrape.target(),
                                                settings.timeout(),
                                                result,
                                                null))));
    }

    private byte @Nullable [] text(Answer answer) {
        try {
            answers.add(answer);
            return ScrapeGauges.of(answer).toBytes();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an answer of /probe could not be written");
            return null;
        }
    }

    /// Absent where the header cannot be read, which is answered.
    private static @Nullable Duration timeout(
            Module module, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return ProbeTimeout.of(request.getHeader(TIMEOUT_HEADER), module.timeout());
        } catch (NumberFormatException e) {
            String message = "Failed to parse timeout from Prometheus header: " + e.getMessage();
            PlainText.error(response, 500, message);
            return null;
        }
    }

    private static String unknown(String module) {
        return "Unknown module " + Excerpt.quoted(module);
    }

    /// One probe whose caller waits. Single use, on the request's thread.
    private final class WaitedScrape {

        private final Module module;
        private final String target;
        private final @Nullable String hostname;
        private final ProbeSettings settings;

        WaitedScrape(
                Module module, String target, @Nullable String hostname, ProbeSettings settings) {
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
            ProbeWait wait = new ProbeWait();
            watch.add(wait);
            RunningProbe running = runner.run(Origin.ofScrape(caller), parsed, own, wait);
            try {
                return answer(at, wait.await(running, callerIsGone), null);
            } catch (InterruptedException e) {
                running.cancel();
                throw e;
            } finally {
                watch.remove(wait);
            }
        }

        private Answer answer(Instant at, @Nullable ProbeResult result, @Nullable String problem) {
            return new Answer(at, module, target, settings.timeout(), result, problem);
        }
    }

    /// The name that TLS asks for, where the module has none.
    private static ProbeSettings named(ProbeSettings settings, @Nullable String hostname) {
        if (hostname == null || hostname.isEmpty()) {
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
