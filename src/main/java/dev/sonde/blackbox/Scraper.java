package dev.sonde.blackbox;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.blackbox.direct.Gzip;
import dev.sonde.blackbox.direct.ProbeStart;
import dev.sonde.blackbox.modules.Module;
import dev.sonde.blackbox.modules.Modules;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Excerpt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Answers `/probe`: one probe for one scrape. Safe for any thread; the calling thread waits.
@Component
final class Scraper implements ProbeStart {

    static final String TIMEOUT_HEADER = "X-Prometheus-Scrape-Timeout-Seconds";
    private static final String MODULE_BY_DEFAULT = "http_2xx";

    /// The sentence for a request without a module, which means `http_2xx` to blackbox_exporter.
    private static final String HINT =
            ", the module of a request that names none; name one for TCP, such as"
                    + " module=tcp_connect";

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
        String target = request.getParameter("target");
        Scrape scrape =
                new Scrape(
                        isNamed ? wanted : MODULE_BY_DEFAULT,
                        target == null ? "" : target,
                        request.getHeader(TIMEOUT_HEADER),
                        caller);
        Instant at = clock.instant();
        switch (ScrapePlan.of(modules.current(), scrape, request.getParameter("hostname"))) {
            case ScrapePlan.Unknown _ -> {
                figures.countUnknownModule();
                String why = "Unknown module " + Excerpt.quoted(scrape.module());
                PlainText.error(response, 400, why + (isNamed ? "" : HINT));
            }
            case ScrapePlan.Refused(int status, String why) ->
                    PlainText.error(response, status, why);
            case ScrapePlan.Unreadable(Module module, Duration timeout, String why) ->
                    show(
                            new Answer(at, module, scrape.target(), timeout, null, why),
                            request,
                            response);
            case ScrapePlan.Ready ready -> {
                ProbeResult result = await(ready, caller, CallerValve.goneOf(request));
                show(answer(at, scrape, ready, result), request, response);
            }
        }
    }

    /// Runs a probe whose caller waits, on the request's thread.
    private ProbeResult await(
            ScrapePlan.Ready ready, @Nullable String caller, BooleanSupplier callerIsGone)
            throws InterruptedException {
        ProbeWait wait = new ProbeWait();
        watch.add(wait);
        RunningProbe running =
                runner.run(Origin.ofScrape(caller), ready.target(), ready.settings(), wait);
        try {
            return wait.await(running, callerIsGone);
        } catch (InterruptedException e) {
            running.cancel();
            throw e;
        } finally {
            watch.remove(wait);
        }
    }

    private void show(Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answers.add(answer);
        if ("true".equals(request.getParameter("debug"))) {
            PlainText.write(response, DebugText.of(answer));
        } else {
            write(ScrapeGauges.of(answer).toBytes(), request, response);
        }
    }

    /// A scrape whose answer is no result goes to the server.
    @Override
    public @Nullable RunningProbe begin(Scrape scrape, Consumer<byte @Nullable []> whenDone) {
        if (!(ScrapePlan.of(modules.current(), scrape, null) instanceof ScrapePlan.Ready ready)) {
            return null;
        }
        Instant at = clock.instant();
        return runner.run(
                Origin.ofScrape(scrape.caller()),
                ready.target(),
                ready.settings(),
                result -> whenDone.accept(text(answer(at, scrape, ready, result))));
    }

    private static Answer answer(
            Instant at, Scrape scrape, ScrapePlan.Ready ready, ProbeResult result) {
        Duration timeout = ready.settings().timeout();
        return new Answer(at, ready.module(), scrape.target(), timeout, result, null);
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

    private static void write(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!acceptsGzip(request.getHeader("Accept-Encoding"))) {
            PlainText.write(response, GaugeText.TYPE, body);
            return;
        }
        response.setHeader("Content-Encoding", "gzip");
        try (Gzip gzip = new Gzip()) {
            PlainText.write(response, GaugeText.TYPE, gzip.of(body));
        }
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
