package dev.sonde.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cause that a test makes real: a row of `causes.txt`.
///
/// @param section of the documentation's page
/// @param madeBy the means of the test
/// @param expected `outcome/reason`, or words that the test demands
/// @param phase its label; `path` for a path by TTL
/// @param test `Class#method`
public record Cause(
        String section, String cause, String madeBy, String expected, String phase, String test) {

    /// All rows, in the table's order.
    public static List<Cause> all() throws IOException {
        List<Cause> causes = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("src/test/resources/causes.txt"))) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (!line.isBlank() && !line.startsWith("# ")) {
                causes.add(of(section, line));
            }
        }
        return causes;
    }

    private static Cause of(String section, String line) {
        String[] cells = line.split(" \\| ", -1);
        if (cells.length != 5) {
            throw new IllegalArgumentException("not five cells: " + line);
        }
        return new Cause(section, cells[0], cells[1], cells[2], cells[3], cells[4]);
    }

    /// The simple name of the test's class.
    public String testClass() {
        return test.substring(0, test.indexOf('#'));
    }

    public String testMethod() {
        return test.substring(test.indexOf('#') + 1);
    }

    /// Whether the expectation is a verdict, and not words only.
    public boolean isVerdict() {
        return expected.matches("[a-z_]+/[a-z_]+");
    }

    /// The row of the documentation's page.
    public String row() {
        String told = isVerdict() ? "`" + expected + "`" : "\"" + expected + "\"";
        return "| %s | %s | %s | `%s` | `%s` |".formatted(cause, madeBy, told, phase, testClass());
    }
}
