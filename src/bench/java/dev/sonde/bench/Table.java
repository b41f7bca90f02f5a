package dev.sonde.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table in Markdown, its columns aligned so that it can be read as it is.
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        rows.add(List.of(columns));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String thousandths(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            append(text, rows.get(i), " ");
            if (i == 0) {
                append(text, rows.getFirst().stream().map(_ -> "").toList(), "-");
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, List<String> cells, String filler) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            text.append("| ").append(cell).append(filler.repeat(width(column) - cell.length()));
            text.append(' ');
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
    }
}
