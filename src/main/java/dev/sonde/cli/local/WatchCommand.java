package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Interrupt;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.form.DurationText;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sonde watch`: targets probed again and again, until Ctrl-C.
@Command(
        name = "watch",
        description = "Probe targets again and again, until Ctrl-C.",
        sortOptions = false,
        footer = {
            "",
            "A terminal shows a table with the latest 60 runs (| up, x down, ? not probed), the",
            "round trip and the loss of SYNs; a pipe gets one line for each run.",
            "",
            "Examples:",
            "  sonde watch db:5432 cache:6379",
            "  sonde watch --interval 200ms --count 10 db:5432"
        })
public final class WatchCommand implements Callable<Integer> {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Terminal terminal;

    @Parameters(paramLabel = "TARGET", arity = "1..*", description = "host:port, as for check.")
    List<String> targets = List.of();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "From one run to the next, at least 100ms (default: 1s).")
    String interval = "1s";

    @Option(
            names = "--count",
            paramLabel = "NUMBER",
            description = "End after so many runs (default: at Ctrl-C).")
    long count = Long.MAX_VALUE;

    @Mixin SettingsOptions settings = new SettingsOptions();
    @Mixin PolicyOptions policy = new PolicyOptions();

    public WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Target> all = Targets.expanded(targets);
        Duration every = interval();
        ProbeSettings how = new GivenSettings(settings).read();
        try (LocalEngine engine = Engines.start(policy, terminal, Math.min(all.size(), 2))) {
            return follow(engine, all, how, every);
        }
    }

    private int follow(LocalEngine engine, List<Target> all, ProbeSettings how, Duration every) {
        Interrupt interrupt = terminal.interrupt();
        List<WatchedTarget> watched = all.stream().map(WatchedTarget::new).toList();
        int status = 0;
        for (long run = 0; run < count && !interrupt.isAsked(); run++) {
            long nextNanos = System.nanoTime() + every.toNanos();
            Round round = Round.start(engine, all, how);
            interrupt.whenAsked(round::cancel);
            status = take(round, watched, interrupt);
            show(watched, run == 0);
            if (run < count - 1) {
                boolean _ = interrupt.await(Duration.ofNanos(nextNanos - System.nanoTime()));
            }
        }
        return status;
    }

    /// A round that was interrupted is left out.
    private static int take(Round round, List<WatchedTarget> watched, Interrupt interrupt) {
        int status = 0;
        for (int i = 0; i < watched.size(); i++) {
            ProbeResult result = round.results().get(i).join();
            if (!interrupt.isAsked()) {
                watched.get(i).add(result);
            }
            boolean isUp = result.outcome().reasonLabel().equals("connected");
            status = isUp ? status : 1;
        }
        return status;
    }

    private void show(List<WatchedTarget> watched, boolean isFirst) {
        if (terminal.canRewrite()) {
            table(watched, isFirst);
        } else {
            lines(watched);
        }
        terminal.flush();
    }

    private void lines(List<WatchedTarget> watched) {
        String at = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS).toString();
        for (WatchedTarget each : watched) {
            terminal.line(
                    "%s  %s  %s  %s  RTT %s  lost SYNs %s  %s"
                            .formatted(
                                    at,
                                    each.name(),
                                    each.word(),
                                    each.time(),
                                    each.roundTrip(),
                                    each.loss(),
                                    each.meaning())
                            .stripTrailing());
        }
    }

    private void table(List<WatchedTarget> watched, boolean isFirst) {
        if (!isFirst) {
            terminal.print("\u001b[" + (watched.size() + 1) + "A");
        }
        Columns columns = new Columns();
        columns.row("TARGET", "STATE", "TIME", "RTT", "LOST", "");
        watched.forEach(
                each ->
                        columns.row(
                                each.name(),
                                each.word(),
                                each.time(),
                                each.roundTrip(),
                                each.loss(),
                                ""));
        List<String> lines = columns.lines();
        int widest = lines.stream().mapToInt(String::length).max().orElse(0);
        int room = Math.clamp(terminal.width() - widest - 2L, 10, WatchedTarget.STRIP);
        terminal.line("\u001b[K" + lines.getFirst());
        for (int i = 0; i < watched.size(); i++) {
            WatchedTarget each = watched.get(i);
            String line = Columns.padded(lines.get(i + 1), widest);
            String coloured =
                    line.replaceFirst(
                            Pattern.quote("  " + each.word()),
                            Matcher.quoteReplacement(
                                    "  " + terminal.in(each.colour(), each.word())));
            terminal.line("\u001b[K" + coloured + "  " + each.strip(terminal, room));
        }
    }

    private Duration interval() {
        try {
            Duration every = DurationText.parse(interval);
            if (every.compareTo(SHORTEST) >= 0) {
                return every;
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--interval: %s.".formatted(e.getMessage()));
        }
        throw Failure.usage("--interval is at least 100ms, not %s.".formatted(interval));
    }
}
