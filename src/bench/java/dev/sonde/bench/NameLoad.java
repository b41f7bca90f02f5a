package dev.sonde.bench;

import java.io.IOException;
import java.util.List;

/// Look-ups of 1,000 names against a local name server, by the own resolver and by the system's:
/// 10,000 a second, and the CPU of each. Needs root, because the name server has port 53 of a
/// namespace.
final class NameLoad implements Section {

    private static final List<NameCallersProcess.Mode> MODES =
            List.of(
                    NameCallersProcess.Mode.DNS,
                    NameCallersProcess.Mode.DNS_REUSED,
                    NameCallersProcess.Mode.SYSTEM);

    @Override
    public String name() {
        return "names";
    }

    @Override
    public String title() {
        return "Look-ups of 1,000 names, 10,000 a second, at a local name server";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        if (!Machine.isRoot() || !Machine.has("ip")) {
            System.out.println("Skipped: it needs root and `ip`.\n");
            return;
        }
        int seconds = options.quick() ? 5 : 15;
        Table table =
                new Table(
                        "resolver",
                        "look-ups/s",
                        "answered",
                        "failed",
                        "CPU us each",
                        "p50 us",
                        "p99 us");
        try (SteeredNamespace namespace = SteeredNamespace.to(Machine.cores().getLast())) {
            namespace.resolveBy(NameServerProcess.ADDRESS);
            Place place = namespace.place(Place.ANYWHERE);
            try (Child server = child(place, NameServerProcess.class)) {
                server.await(NameServerProcess.READY);
                for (NameCallersProcess.Mode mode : MODES) {
                    table.row(measured(place, mode, seconds).split(";", -1));
                }
            }
        }
        System.out.println(table);
    }

    private static String measured(Place place, NameCallersProcess.Mode mode, int seconds)
            throws IOException {
        try (Child callers =
                child(place, NameCallersProcess.class, mode.name(), Integer.toString(seconds))) {
            return callers.await(NameCallersProcess.DONE);
        }
    }

    private static Child child(Place place, Class<?> main, String... arguments) throws IOException {
        List<String> command = Child.java("-Xmx256m", "-XX:+UseSerialGC", "-cp", Child.classPath());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new Child(place.command(command));
    }
}
