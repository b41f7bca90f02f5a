package dev.sonde.bench;

/// What figures should stay below, and whether they do.
final class GoalTable {

    private final Table table = new Table("goal", "wanted", "measured", "");

    void atMost(String what, double wanted, double measured) {
        table.row(
                what,
                "at most " + figure(wanted),
                figure(measured),
                measured <= wanted ? "reached" : "**missed**");
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
