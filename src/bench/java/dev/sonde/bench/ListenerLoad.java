package dev.sonde.bench;

import dev.sonde.bench.Accepting.Treatment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Managed listeners against a bare acceptor: connections accepted a second, and the memory of
/// those that are held open.
final class ListenerLoad implements Section {

    private static final int CALLER_CORE = 0;
    private static final int ACCEPTOR_CORE = 1;

    /// As many as the accept queue takes at once.
    private static final int HELD_AT_ONCE = 2_000;

    private static final int HELD = 10_000;
    private static final double WANTED = 0.95;

    @Override
    public String name() {
        return "listeners";
    }

    @Override
    public String title() {
        return "Accept, and close, echo or hold: a managed listener against a bare acceptor";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        try (CallersProcess callers = new CallersProcess(Place.onCore(CALLER_CORE))) {
            accept(callers, options);
            hold(callers);
        }
    }

    private static void accept(CallersProcess callers, Options options)
            throws IOException, InterruptedException {
        List<AcceptorProcess> started = new ArrayList<>();
        try {
            List<Contender> contenders = new ArrayList<>();
            for (Treatment treatment : List.of(Treatment.CLOSE, Treatment.ECHO)) {
                for (Acceptor.Kind kind : Acceptor.Kind.values()) {
                    AcceptorProcess acceptor = start(kind, treatment);
                    started.add(acceptor);
                    String label = label(kind, treatment);
                    contenders.add(new AcceptRow(label, treatment, acceptor, callers));
                }
            }
            report(new Results(Rounds.run(contenders, options)));
        } finally {
            started.forEach(AcceptorProcess::close);
        }
    }

    private static AcceptorProcess start(Acceptor.Kind kind, Treatment treatment)
            throws IOException {
        return new AcceptorProcess(Place.onCore(ACCEPTOR_CORE), kind, treatment);
    }

    private static String label(Acceptor.Kind kind, Treatment treatment) {
        return (kind == Acceptor.Kind.BARE ? "bare NIO acceptor, " : "managed listener, ")
                + treatment.name().toLowerCase(Locale.ROOT);
    }

    private static void report(Results results) {
        Table table =
                new Table(
                        "acceptor",
                        "accepted/s",
                        "CPU us each",
                        "bytes each",
                        "rate / bare",
                        "CPU / bare",
                        "wanted",
                        "");
        for (Treatment treatment : List.of(Treatment.CLOSE, Treatment.ECHO)) {
            Series bare = results.of(label(Acceptor.Kind.BARE, treatment), AcceptRow.QUEUE);
            Series own = results.of(label(Acceptor.Kind.SONDE, treatment), AcceptRow.QUEUE);
            for (Series series : List.of(bare, own)) {
                double ratio = series.medianRatioTo(bare, Sample::perSecond);
                table.row(
                        series.contender().label(),
                        Table.number(series.median(Sample::perSecond)),
                        Table.tenths(series.median(Sample::cpuMicrosEach)),
                        Table.number(series.median(Sample::bytesEach)),
                        Table.ratio(ratio),
                        Table.ratio(series.medianRatioTo(bare, Sample::cpuMicrosEach)),
                        series.equals(own) ? "at least " + Table.ratio(WANTED) : "",
                        series.equals(bare) ? "" : ratio >= WANTED ? "reached" : "**missed**");
            }
        }
        System.out.println(table);
    }

    private static void hold(CallersProcess callers) throws IOException {
        Table table = new Table("acceptor", "held open", "heap bytes each");
        for (Acceptor.Kind kind : Acceptor.Kind.values()) {
            try (AcceptorProcess acceptor = start(kind, Treatment.HOLD)) {
                acceptor.accept();
                hold(callers, acceptor, HELD_AT_ONCE); // classes and buffers are there then
                callers.drop();
                long before = acceptor.heapBytes(0);
                hold(callers, acceptor, HELD);
                double each = (double) (acceptor.heapBytes(HELD) - before) / HELD;
                callers.drop();
                table.row(label(kind, Treatment.HOLD), Table.number(HELD), Table.number(each));
            }
        }
        System.out.println(table);
    }

    private static void hold(CallersProcess callers, AcceptorProcess acceptor, int connections)
            throws IOException {
        for (int held = 0; held < connections; held += HELD_AT_ONCE) {
            callers.connect(acceptor.port(), HELD_AT_ONCE);
        }
    }
}
