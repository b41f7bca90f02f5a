package dev.sonde.bench;

/// The table of clients that connect, each with its ratios to the bare loop of the same run.
final class ConnectTable {

    private ConnectTable() {}

    /// @param bare the label of the rows to compare with: of those the one with as many in flight
    static String of(Results results, String bare) {
        Table table =
                new Table(
                        "client",
                        "in flight",
                        "connects/s",
                        "CPU us each",
                        "bytes each",
                        "connect p50 us",
                        "p99 us",
                        "rate / bare",
                        "CPU / bare",
                        "bytes - bare");
        for (Series series : results.all()) {
            Series base = results.of(bare, series.contender().inFlight());
            table.row(
                    series.contender().label(),
                    Integer.toString(series.contender().inFlight()),
                    Table.number(series.median(Sample::perSecond)),
                    Table.tenths(series.median(Sample::cpuMicrosEach)),
                    Table.number(series.median(Sample::bytesEach)),
                    micros(series.median(Sample::p50Nanos)),
                    micros(series.median(Sample::p99Nanos)),
                    Table.ratio(series.medianRatioTo(base, Sample::perSecond)),
                    Table.ratio(series.medianRatioTo(base, Sample::cpuMicrosEach)),
                    Table.number(series.medianBeyond(base, Sample::bytesEach)));
        }
        return table.toString();
    }

    /// A connect time that nobody measured is left out.
    private static String micros(double nanos) {
        return nanos == 0 ? "" : Table.tenths(nanos / 1_000);
    }
}
