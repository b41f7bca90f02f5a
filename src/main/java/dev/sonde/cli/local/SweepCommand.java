package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.check.CheckRun;
import dev.sonde.check.CheckSpec;
import dev.sonde.check.CheckSummary;
import dev.sonde.check.LocalCheck;
import dev.sonde.check.TargetExpression;
import dev.sonde.check.TargetList;
import dev.sonde.check.TooManyTargetsException;
import dev.sonde.cli.report.JsonReport;
import dev.sonde.cli.report.OutcomeCount;
import dev.sonde.cli.report.Words;
import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Interrupt;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sonde sweep`: many targets probed once, so many at a time.
@Command(
        name = "sweep",
        description = "Probe blocks of addresses and ranges of ports.",
        sortOptions = false,
        footer = {
            "",
            "A terminal shows what answers and a bar of the progress; a pipe gets NDJSON.",
            "Exit status: 0 it ended, 2 nothing was probed, 64 wrong usage, 130 interrupted.",
            "",
            "Examples:",
            "  sonde sweep 10.0.0.0/28:22,80",
            "  sonde sweep --rate 500 --timeout 1s 10.0.0.0/24:1-1024"
        })
public final class SweepCommand implements Callable<Integer> {

    /// The forms of the output.
    enum Form {
        TEXT,
        NDJSON
    }

    private static final int LONGEST_TARGET = 22;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description = "10.0.0.0/28:22,80, [2001:db8::]/126:443, a:1-99.")
    List<String> targets = List.of();

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            description = "Probes started in a second (default: no limit).")
    @Nullable Integer rate;

    @Option(
            names = "--concurrency",
            paramLabel = "NUMBER",
            defaultValue = "1000",
            description = "Probes in flight, 1 to 10000 (default: 1000).")
    int concurrency = 1_000;

    @Option(names = "--all", description = "Print targets that do not answer, too.")
    boolean isAll;

    @Option(
            names = "-o",
            paramLabel = "FORM",
            description = "text or ndjson (default: ndjson for a pipe).")
    @Nullable Form form;

    @Mixin SettingsOptions settings = new SettingsOptions();
    @Mixin PolicyOptions policy = new PolicyOptions();

    public SweepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CheckSpec spec = spec();
        Interrupt interrupt = terminal.interrupt();
        try (LocalEngine engine = Engines.start(policy, terminal, 0)) {
            CheckRun run = start(engine, spec);
            interrupt.whenAsked(run::cancel);
            boolean isText = form == null ? terminal.isOutTerminal() : form == Form.TEXT;
            drain(run, isText);
            CheckSummary summary = run.progress().summary();
            return summary.succeeded() + summary.failed() > 0 ? 0 : Failure.NOT_PROBED;
        }
    }

    private CheckSpec spec() {
        long total = 0;
        TargetList.Builder list = new TargetList.Builder();
        for (String text : targets) {
            TargetExpression expression = Targets.expression(text);
            total = TargetExpression.saturatedSum(total, expression.count());
            list.add(text);
        }
        if (concurrency < 1 || concurrency > 10_000) {
            throw Failure.usage("--concurrency is from 1 to 10000, not %d.".formatted(concurrency));
        }
        if (rate != null && rate < 1) {
            throw Failure.usage("--rate is at least 1, not %d.".formatted(rate));
        }
        return new CheckSpec(
                list.build(), total, new GivenSettings(settings).read(), concurrency, rate);
    }

    private static CheckRun start(LocalEngine engine, CheckSpec spec) {
        try {
            return LocalCheck.start(
                    spec,
                    engine.runner(),
                    engine.prober().inFlightOfChecks(),
                    engine.loops(),
                    engine.ledger());
        } catch (TooManyTargetsException e) {
            throw Failure.usage(e.getMessage() + ".");
        }
    }

    private void drain(CheckRun run, boolean isText) {
        JsonReport lines = new JsonReport(terminal, true);
        SweepProgress progress = new SweepProgress(terminal);
        OutcomeCount totals = new OutcomeCount();
        try {
            for (List<ProbeResult> some = run.take(); !some.isEmpty(); some = run.take()) {
                for (ProbeResult result : some) {
                    totals.count(result.outcome());
                    if (!isText) {
                        lines.add(result);
                    } else if (isAll || result.outcome() instanceof Outcome.Succeeded) {
                        progress.clear();
                        terminal.line(line(result));
                    }
                }
                terminal.flush();
                progress.show(run.progress().summary());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        progress.clear();
        if (isText) {
            terminal.line(summary(totals, run.progress().summary()));
            terminal.flush();
        } else {
            lines.end(totals);
        }
    }

    private String line(ProbeResult result) {
        return Columns.padded(result.target().toString(), LONGEST_TARGET)
                + "  "
                + terminal.in(Words.colour(result.outcome()), Words.reason(result.outcome()))
                + "  "
                + Words.time(result.deciding())
                + "  "
                + Words.meaning(result);
    }

    private static String summary(OutcomeCount totals, CheckSummary summary) {
        return "%d of %d targets in %s: %d up, %d down, %d not probed"
                .formatted(
                        totals.total(),
                        summary.total(),
                        Words.time(summary.tookNanos()),
                        totals.succeeded(),
                        totals.failed(),
                        totals.notProbed());
    }
}
