package dev.sonde.bench;

import dev.sonde.bench.Worker.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The engine and the service against bare loops on plain loopback, where the handshake is over
/// before `connect` returns.
final class Loopback implements Section {

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public String title() {
        return "Connect, read the verdict, close: plain loopback";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        try (OtherEngine other = OtherEngine.of(options);
                Clients clients = new Clients(options, UnaryOperator.identity())) {
            List<Contender> contenders = pinned(clients, other);
            contenders.add(clients.free(Kind.TWO_EAGER).row(Rows.TWO_EAGER, Rows.FEW));
            contenders.add(clients.free(Kind.TWO_LOOP_ENGINE).row(Rows.TWO_LOOP_ENGINE, Rows.FEW));
            if (other != null) {
                Client client = clients.free(Kind.TWO_LOOP_ENGINE, other);
                contenders.add(client.row(Rows.OTHER_TWO_LOOP_ENGINE, Rows.FEW));
            }
            if (options.service()) {
                withService(contenders, clients.freeListener(), options);
            } else {
                report(contenders, options);
            }
        }
    }

    private static void withService(
            List<Contender> contenders, ListenerProcess listener, Options options)
            throws IOException, InterruptedException {
        try (Service service = Service.own(listener, options);
                Service other = Service.ofOther(listener, options)) {
            contenders.add(service);
            if (other != null) {
                contenders.add(other);
            }
            report(contenders, options);
        }
    }

    private static List<Contender> pinned(Clients clients, @Nullable OtherEngine other)
            throws IOException {
        Client engine = clients.pinned(Kind.ENGINE);
        List<Contender> contenders = new ArrayList<>();
        contenders.addAll(Rows.both(clients.pinned(Kind.BARE), Rows.BARE));
        contenders.addAll(Rows.both(clients.pinned(Kind.EAGER), Rows.EAGER));
        contenders.addAll(Rows.both(engine, Rows.ENGINE));
        Client before = other == null ? null : clients.pinned(Kind.ENGINE, other);
        if (before != null) {
            contenders.addAll(Rows.both(before, Rows.OTHER_ENGINE));
        }
        contenders.addAll(
                Rows.both(clients.pinned(Kind.ENGINE_WITHOUT_EVIDENCE), Rows.WITHOUT_EVIDENCE));
        contenders.add(engine.halfOpenRow(Rows.HALF_OPEN, Rows.FEW));
        if (before != null) {
            contenders.add(before.halfOpenRow(Rows.OTHER_HALF_OPEN, Rows.FEW));
        }
        return contenders;
    }

    private static void report(List<Contender> contenders, Options options)
            throws IOException, InterruptedException {
        Results results = new Results(Rounds.run(contenders, options));
        System.out.println(ConnectTable.of(results, Rows.BARE));
        System.out.println(Goals.of(results));
        PairTable pairs = ConnectPairs.of(results);
        if (!pairs.isEmpty()) {
            System.out.println(pairs);
        }
        failures(results);
    }

    private static void failures(Results results) {
        for (Series series : results.all()) {
            if (series.failed() > 0) {
                System.out.printf(
                        "%d attempts of \"%s\" did not succeed.%n",
                        series.failed(), series.contender().label());
            }
        }
    }
}
