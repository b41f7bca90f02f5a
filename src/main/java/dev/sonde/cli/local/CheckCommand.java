package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.cli.report.JsonReport;
import dev.sonde.cli.report.JunitReport;
import dev.sonde.cli.report.OutcomeCount;
import dev.sonde.cli.report.Report;
import dev.sonde.cli.report.SvgReport;
import dev.sonde.cli.report.TextReport;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Interrupt;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.form.DurationText;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sonde check`: targets probed once from this process.
@Command(
        name = "check",
        description = "Probe targets once: can they be reached and, if not, why?",
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 all up, 1 one is down, else 2 one was not probed, 64 wrong usage.",
            "Examples:",
            "  sonde check db:5432",
            "  sonde check --tls --server-name db.example 10.0.0.5:5432",
            "  sonde check --wait 60s db:5432 cache:6379",
            "  sonde check --send 'PING\\r\\n' --expect '^\\+PONG' cache:6379",
            "  sonde check -o junit 10.0.0.0/28:22,80"
        })
public final class CheckCommand implements Callable<Integer> {

    /// The forms of the output.
    enum Form {
        TEXT,
        JSON,
        NDJSON,
        JUNIT,
        SVG
    }

    private final Terminal terminal;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description = "host:port, [v6]:port, 10.0.0.0/28:22, host:22,80-90.")
    List<String> targets = List.of();

    @Option(names = "-v", description = "Print phases and evidence.")
    boolean isVerbose;

    @Option(names = "--timeline", description = "Print the packets.")
    boolean hasTimeline;

    @Option(
            names = "-o",
            paramLabel = "FORM",
            description = "text, json, ndjson, junit or svg (one target).")
    Form form = Form.TEXT;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "Try again until all are up, at most so long.")
    @Nullable String wait;

    /// Whether no option is given.
    private boolean isPlain;

    @Mixin SettingsOptions settings = new SettingsOptions();
    @Mixin PolicyOptions policy = new PolicyOptions();

    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The command without any option: to read options takes longer than to probe.
    ///
    /// @param arguments the command's name and its targets
    /// @return null where there is something else among the arguments
    public static @Nullable CheckCommand ofTargets(String[] arguments, Terminal terminal) {
        List<String> targets = List.of(arguments).subList(1, arguments.length);
        if (!arguments[0].equals("check")
                || targets.isEmpty()
                || targets.stream().anyMatch(CheckCommand::isNoTarget)) {
            return null;
        }
        CheckCommand check = new CheckCommand(terminal);
        check.targets = targets;
        check.isPlain = true;
        return check;
    }

    /// An option, or a file of arguments.
    private static boolean isNoTarget(String argument) {
        return argument.isEmpty() || argument.startsWith("-") || argument.startsWith("@");
    }

    @Override
    public Integer call() {
        List<Target> all = Targets.expanded(targets);
        if (form == Form.SVG && all.size() > 1) {
            throw Failure.usage("-o svg draws one target, not %d.".formatted(all.size()));
        }
        ProbeSettings how = isPlain ? GivenSettings.usual() : new GivenSettings(settings).read();
        Duration limit = wait == null ? Duration.ZERO : duration(wait);
        Interrupt interrupt = terminal.interrupt();
        try (LocalEngine engine = Engines.start(policy, terminal, Math.min(all.size(), 2))) {
            Report report = report();
            OutcomeCount totals = new OutcomeCount();
            if (wait == null) {
                Round round = Round.start(engine, all, how);
                interrupt.whenAsked(round::cancel);
                for (CompletableFuture<ProbeResult> result : round.results()) {
                    add(result.join(), report, totals);
                }
            } else {
                Waiting.Waiter waiter = new Waiting.Waiter(terminal, interrupt, wait);
                new Waiting(engine, all, how, limit, waiter)
                        .results()
                        .forEach(result -> add(result, report, totals));
            }
            report.end(totals);
            return totals.status();
        }
    }

    private void add(ProbeResult result, Report report, OutcomeCount totals) {
        totals.count(result.outcome());
        report.add(result);
        terminal.flush();
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--wait: %s.".formatted(e.getMessage()));
        }
    }

    private Report report() {
        return switch (form) {
            case TEXT -> new TextReport(terminal, isVerbose, hasTimeline);
            case JSON -> new JsonReport(terminal, false);
            case NDJSON -> new JsonReport(terminal, true);
            case JUNIT -> new JunitReport(terminal);
            case SVG -> new SvgReport(terminal);
        };
    }
}
