package dev.sonde.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/// Results of scheduled probes on their way into PostgreSQL: rows per second, and CPU a row.
///
/// It measures the jar in `target` of the current directory, so a build before is measured from its
/// own directory.
final class PostgresLoad implements Section {

    private static final String INTERVAL = "5s";
    private static final int PROBES = 25_000;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    /// With the creation of the probes.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String title() {
        return "Results of %s probes, every 5 s, into PostgreSQL".formatted(Table.number(PROBES));
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        Table table =
                new Table("database", "rows/s", "service, CPU us a row", "server, CPU us a row");
        RollupTime.awaitFree(LONGEST);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                ListenerProcess listener = new ListenerProcess(Place.ANYWHERE, 1);
                DataDirectory data = DataDirectory.create();
                ServiceProcess service =
                        new ServiceProcess(data.path(), "1g", with(options, postgres))) {
            new BulkRequests(service, listener, INTERVAL).put(PROBES, false);
            // Code is compiled meanwhile.
            Thread.sleep(WARM_UP);
            Meters first = Meters.of(service);
            Usage used = service.usage();
            long server = serverNanos();
            // The load of the measured time.
            Thread.sleep(MEASURED);
            Usage spent = service.usage().since(used);
            long serverSpent = serverNanos() - server;
            double rows = Meters.of(service).since(first).sum(Meters.WRITTEN);
            table.row(
                    "PostgreSQL",
                    Table.number(rows * NANOS_PER_SECOND / spent.atNanos()),
                    Table.tenths(spent.cpuNanos() / NANOS_PER_MICRO / rows),
                    Table.tenths(serverSpent / NANOS_PER_MICRO / rows));
        }
        System.out.println(table);
    }

    private static Options with(Options options, EmbeddedPostgres postgres) {
        return options.withJvm(
                "-Dspring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "-Dspring.datasource.username=postgres");
    }

    /// The CPU time of all running processes of the server.
    private static long serverNanos() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .filter(
                        info ->
                                info.command()
                                        .filter(path -> path.endsWith("/postgres"))
                                        .isPresent())
                .mapToLong(info -> info.totalCpuDuration().map(Duration::toNanos).orElse(0L))
                .sum();
    }
}
