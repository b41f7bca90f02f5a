package dev.sonde.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Probes over `/probe`: the whole service against Debian's blackbox_exporter, both asked in turn
/// by the same callers, with the same module, about the same listener.
final class ExporterLoad implements Section {

    private static final String BLACKBOX = "blackbox_exporter";
    private static final String SONDE = "Sonde";
    private static final String OTHER = "Sonde, the other build";
    private static final List<Integer> CALLERS = List.of(1, 16, 64);
    private static final double WANTED_OF_ONE = 2;
    private static final double WANTED_OF_SEVERAL = 4;
    private static final double WANTED_CPU = 0.3;

    @Override
    public String name() {
        return "exporter";
    }

    @Override
    public String title() {
        return "GET /probe: Sonde against blackbox_exporter";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        if (!Machine.has(BlackboxProcess.COMMAND)) {
            System.out.println("Left out: it needs " + BlackboxProcess.COMMAND + " on the PATH.");
            return;
        }
        System.out.println("Each round ends after a second, however many probes it has come to.\n");
        try (DataDirectory data = DataDirectory.create();
                ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                ProbeCallersProcess callers = new ProbeCallersProcess();
                BlackboxProcess blackbox = new BlackboxProcess(data.path());
                ServiceProcess service =
                        new ServiceProcess(data.path().resolve("service"), "512m", options);
                ServiceProcess other = other(data, options)) {
            Round round = new Round(callers, listener);
            List<Contender> rows = new ArrayList<>();
            for (int count : CALLERS) {
                rows.add(round.row(BLACKBOX, blackbox.port(), blackbox.pid(), count));
                rows.add(round.row(SONDE, service.port(), service.pid(), count));
                if (other != null) {
                    rows.add(round.row(OTHER, other.port(), other.pid(), count));
                }
            }
            report(new Results(Rounds.run(rows, options)));
        }
    }

    /// The service of the other build; absent where none is given.
    private static @Nullable ServiceProcess other(DataDirectory data, Options options)
            throws IOException, InterruptedException {
        OtherBuild build = options.against();
        return build == null
                ? null
                : new ServiceProcess(
                        build.jar(), data.path().resolve("other"), "512m", options, Place.ANYWHERE);
    }

    /// What all rows share.
    private record Round(ProbeCallersProcess callers, ListenerProcess listener) {

        Contender row(String label, int port, long pid, int inFlight) {
            return new ExporterRow(label, port, pid, inFlight, callers, listener);
        }
    }

    private static void report(Results results) {
        Table table =
                new Table(
                        "exporter",
                        "callers",
                        "probes/s",
                        "CPU us each",
                        "failed",
                        "rate / blackbox",
                        "CPU / blackbox");
        GoalTable goals = new GoalTable();
        PairTable pairs = new PairTable();
        for (int callers : CALLERS) {
            Series base = results.of(BLACKBOX, callers);
            Series own = results.of(SONDE, callers);
            row(table, base, base);
            row(table, own, base);
            goals(goals, callers, own, base);
            results.find(OTHER, callers)
                    .ifPresent(
                            other -> {
                                row(table, other, base);
                                pairs.both("callers: " + callers, PairTable.WANTED, other, own);
                            });
        }
        System.out.println(table);
        System.out.println(goals);
        if (!pairs.isEmpty()) {
            System.out.println(pairs);
        }
    }

    private static void goals(GoalTable goals, int callers, Series own, Series base) {
        goals.atLeast(
                "probes/s: Sonde / blackbox_exporter, callers: " + callers,
                callers == 1 ? WANTED_OF_ONE : WANTED_OF_SEVERAL,
                own.medianRatioTo(base, Sample::perSecond));
        goals.atMost(
                "CPU each: Sonde / blackbox_exporter, callers: " + callers,
                WANTED_CPU,
                own.medianRatioTo(base, Sample::cpuMicrosEach));
    }

    private static void row(Table table, Series series, Series base) {
        table.row(
                series.contender().label(),
                Integer.toString(series.contender().inFlight()),
                Table.number(series.median(Sample::perSecond)),
                Table.tenths(series.median(Sample::cpuMicrosEach)),
                Long.toString(series.failed()),
                Table.ratio(series.medianRatioTo(base, Sample::perSecond)),
                Table.ratio(series.medianRatioTo(base, Sample::cpuMicrosEach)));
    }
}
