package dev.sonde.bench;

import dev.sonde.cluster.Assignment;
import dev.sonde.cluster.SimulatedReplicas;
import dev.sonde.cluster.SimulatedReplicas.Change;

/// Replicas beyond this machine: the project's own assignment, membership and relay without
/// sockets, for 3 to 200 replicas and ten million probes.
final class ReplicaSimulation implements Section {

    private static final int PROBES = 10_000_000;
    private static final int INTERVAL_SECONDS = 60;

    /// One run in so many changes a state.
    private static final int RUNS_TO_A_CHANGE = 10_000;

    @Override
    public String name() {
        return "replicas";
    }

    @Override
    public String title() {
        return "Replicas, simulated: 10 million probes a minute, one change of state in 10,000 runs";
    }

    @Override
    public void run(Options options) {
        int[] probes = SimulatedReplicas.probes(PROBES);
        double runs = (double) PROBES / INTERVAL_SECONDS;
        Table table =
                new Table(
                        "replicas",
                        "greatest share over the mean",
                        "moves at a join / least",
                        "gap, doubled at a join",
                        "gap when killed",
                        "gap when hung",
                        "messages/s a member",
                        "kB/s a member",
                        "runs/s a member",
                        "rows/s in all");
        for (int size : new int[] {3, 10, 50, 200}) {
            SimulatedReplicas replicas = new SimulatedReplicas(size);
            double[] traffic = replicas.trafficPerSecond(runs / RUNS_TO_A_CHANGE);
            double imbalance = replicas.imbalance(probes);
            Assignment before = replicas.assignment();
            Change joined = replicas.join();
            double moves = replicas.moves(before);
            table.row(
                    Integer.toString(size),
                    Table.tenths(100 * imbalance) + " %",
                    Table.ratio(moves),
                    joined.gapMillis() + " ms, " + joined.doubledMillis() + " ms",
                    new SimulatedReplicas(size).kill().gapMillis() + " ms",
                    new SimulatedReplicas(size).hang().gapMillis() + " ms",
                    Table.number(traffic[0]),
                    Table.tenths(traffic[1] / 1_000),
                    Table.number(runs / size),
                    Table.number(runs + 2.0 * size));
        }
        System.out.println(table);
    }
}
