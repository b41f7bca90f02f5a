package dev.sonde.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Rows of words, aligned: every column is as wide as its widest word, but for the last one.
public final class Columns {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public void row(String... words) {
        rows.add(List.of(words));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public List<String> lines() {
        int[] widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == row.size() - 1 ? row.get(i) : padded(row.get(i), widths[i]) + GAP);
        }
        return line.toString().stripTrailing();
    }

    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    public static String padded(String word, int width) {
        return word.length() >= width ? word : word + " ".repeat(width - word.length());
    }
}
