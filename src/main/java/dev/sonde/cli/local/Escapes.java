package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;

/// Text of the command line in which `\r`, `\n`, `\t`, `\\` and `\xHH` stand for characters.
final class Escapes {

    private static final int HEX = 16;

    private Escapes() {}

    /// @throws Failure where an escape is none of these
    static String read(String text) {
        StringBuilder read = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                read.append(c);
                continue;
            }
            at++;
            char escaped = at < text.length() ? text.charAt(at) : ' ';
            switch (escaped) {
                case 'r' -> read.append('\r');
                case 'n' -> read.append('\n');
                case 't' -> read.append('\t');
                case '\\' -> read.append('\\');
                case 'x' -> {
                    read.append(hex(text, at + 1));
                    at += 2;
                }
                default ->
                        throw Failure.usage(
                                "\"%s\": after \\ comes r, n, t, \\ or xHH.".formatted(text));
            }
        }
        return read.toString();
    }

    private static char hex(String text, int at) {
        try {
            int value = Integer.parseUnsignedInt(text, at, at + 2, HEX);
            if (value < 0x80) {
                return (char) value;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException _) {
            // Said below.
        }
        throw Failure.usage(
                "\"%s\": after \\x come two hexadecimal digits, from 00 to 7f.".formatted(text));
    }
}
