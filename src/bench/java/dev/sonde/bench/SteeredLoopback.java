package dev.sonde.bench;

import dev.sonde.bench.Worker.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The engine against bare loops where packets are received on the other core, so that the
/// handshake is still going on when `connect` returns, as it is between machines.
final class SteeredLoopback implements Section {

    @Override
    public String name() {
        return "steered";
    }

    @Override
    public String title() {
        return "The same with receive work on the other core";
    }

    @Override
    public void run(Options options) throws IOException, InterruptedException {
        if (!Machine.isRoot() || !Machine.has("ip") || !Machine.canPin()) {
            System.out.println("Skipped: it needs root, `ip`, `taskset` and two cores.\n");
            return;
        }
        try (OtherEngine other = OtherEngine.of(options);
                SteeredNamespace namespace = SteeredNamespace.to(Machine.cores().get(1));
                Clients clients = new Clients(options, namespace::place)) {
            List<Contender> contenders = new ArrayList<>();
            contenders.addAll(Rows.both(clients.pinned(Kind.BARE), Rows.BARE));
            contenders.addAll(Rows.both(clients.pinned(Kind.EAGER), Rows.EAGER));
            contenders.addAll(Rows.both(clients.pinned(Kind.ENGINE), Rows.ENGINE));
            if (other != null) {
                Client client = clients.pinned(Kind.ENGINE, other);
                contenders.addAll(Rows.both(client, Rows.OTHER_ENGINE));
            }
            Results results = new Results(Rounds.run(contenders, options));
            System.out.println(ConnectTable.of(results, Rows.BARE));
            if (other != null) {
                System.out.println(ConnectPairs.of(results));
            }
        }
    }
}
