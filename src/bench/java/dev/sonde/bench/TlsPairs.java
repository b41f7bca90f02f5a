package dev.sonde.bench;

import java.io.IOException;
import java.util.List;

/// TLS handshakes a second: a probe against a managed listener, and a blocking `SSLSocket` against
/// another. Both ends of both pairs are in this process and share its cores; certificate, trust,
/// name check and version are the same, and no session is resumed.
final class TlsPairs implements Section {

    private static final String BLOCKING = "blocking SSLSocket pair";
    private static final String SONDE = "probe and listener";
    private static final double WANTED = 0.9;

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public String title() {
        return "TLS handshakes: a probe and a listener against a blocking SSLSocket pair";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        try (SondeTlsPair own = new SondeTlsPair(SONDE);
                BlockingTlsPair blocking =
                        new BlockingTlsPair(BLOCKING, own.serverKeys(), own.authority())) {
            Results results = new Results(Rounds.run(List.of(blocking, own), options));
            report(results.of(BLOCKING, TlsPair.IN_FLIGHT), results.of(SONDE, TlsPair.IN_FLIGHT));
        }
    }

    private static void report(Series blocking, Series own) {
        Table table =
                new Table(
                        "pair",
                        "in flight",
                        "handshakes/s",
                        "CPU us each",
                        "bytes each",
                        "failed",
                        "rate / blocking",
                        "wanted",
                        "");
        for (Series series : List.of(blocking, own)) {
            double ratio = series.medianRatioTo(blocking, Sample::perSecond);
            table.row(
                    series.contender().label(),
                    Integer.toString(TlsPair.IN_FLIGHT),
                    Table.number(series.median(Sample::perSecond)),
                    Table.number(series.median(Sample::cpuMicrosEach)),
                    Table.number(series.median(Sample::bytesEach)),
                    Long.toString(series.failed()),
                    Table.ratio(ratio),
                    series.equals(own) ? "at least " + Table.ratio(WANTED) : "",
                    series.equals(blocking) ? "" : ratio >= WANTED ? "reached" : "**missed**");
        }
        System.out.println(table);
    }
}
