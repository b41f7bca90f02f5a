package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;

/// Text of the command line in which `\r`, `\n`, `\t`, `\\` and `\xHH` mean characters.
final class Escapes {

    private static final int HEX = 16;

    private Escapes() {}

    /// @throws Failure where an escape is none of these
    static String read(String text) {
        StringBuilder read = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '\\') {
                char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
                read.append(escaped == 'x' ? hex(text, at + 2) : character(text, escaped));
                at += escaped == 'x' ? 4 : 2;
            } else {
                read.append(text.charAt(at));
                at++;
            }
        }
        return read.toString();
    }

    private static char character(String text, char escaped) {
        return switch (escaped) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\' -> '\\';
            default ->
                    throw Failure.usage(
                            "\"%s\": after \\ comes r, n, t, \\ or xHH.".formatted(text));
        };
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
