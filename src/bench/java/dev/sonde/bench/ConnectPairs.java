package dev.sonde.bench;

import java.util.List;

/// Rows of this build beside those of the other one, where both are in the table.
final class ConnectPairs {

    /// @param own the label of this build's row
    /// @param other the label of the other build's row
    private record Pair(String own, String other, int inFlight, double wanted) {}

    private static final List<Pair> PAIRS =
            List.of(
                    engine(Rows.ENGINE, Rows.OTHER_ENGINE, Rows.FEW),
                    engine(Rows.ENGINE, Rows.OTHER_ENGINE, Rows.MANY),
                    engine(Rows.HALF_OPEN, Rows.OTHER_HALF_OPEN, Rows.FEW),
                    engine(Rows.TWO_LOOP_ENGINE, Rows.OTHER_TWO_LOOP_ENGINE, Rows.FEW),
                    new Pair(Rows.SERVICE, Rows.OTHER_SERVICE, Rows.FEW, PairTable.WANTED));

    private ConnectPairs() {}

    private static Pair engine(String own, String other, int inFlight) {
        return new Pair(own, other, inFlight, PairTable.WANTED_OF_ENGINE);
    }

    static PairTable of(Results results) {
        PairTable table = new PairTable();
        for (Pair pair : PAIRS) {
            results.find(pair.other(), pair.inFlight())
                    .ifPresent(
                            before ->
                                    table.both(
                                            pair.own() + ", " + pair.inFlight() + " in flight",
                                            pair.wanted(),
                                            before,
                                            results.of(pair.own(), pair.inFlight())));
        }
        return table;
    }
}
