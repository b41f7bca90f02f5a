package dev.sonde.cli.terminal;

/// The colours of words, as ANSI escape sequences have them.
public enum Colour {
    GREEN("32"),
    RED("31"),
    YELLOW("33"),
    DIM("2"),
    BOLD("1");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String around(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
