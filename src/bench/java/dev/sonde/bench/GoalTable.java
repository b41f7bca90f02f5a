package dev.sonde.bench;

/// What figures should reach or stay below, and whether they do.
final class GoalTable {

    private final Table table = new Table("goal", "wanted", "measured", "");

    void atMost(String what, double wanted, double measured) {
        add(what, "at most " + figure(wanted), measured, Reach.atMost(wanted, measured));
    }

    void atLeast(String what, double wanted, double measured) {
        add(what, "at least " + figure(wanted), measured, Reach.atLeast(wanted, measured));
    }

    private void add(String what, String wanted, double measured, String reach) {
        table.row(what, wanted, figure(measured), reach);
    }

    private static String figure(double value) {
        return Math.abs(value) >= 10 || value == Math.rint(value)
                ? Table.number(value)
                : Table.ratio(value);
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
