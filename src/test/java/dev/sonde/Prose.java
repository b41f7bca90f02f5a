package dev.sonde;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A piece of plain text in a file: a paragraph, a cell of a table, a comment or a string.
///
/// @param line of its beginning, from 1
/// @param text without code spans and references to types, which read as `x`
/// @param isWhole whether it consists of whole sentences; a cell of a table may be a fragment
record Prose(Path file, int line, String text, boolean isWhole) {

    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern REFERENCE = Pattern.compile("\\[[\\w.#]+(?:\\([\\w., ]*\\))?]");
    private static final Pattern TAG = Pattern.compile("^@(?:param \\S+|return|throws \\S+|see) ?");
    private static final Pattern ITEM = Pattern.compile("^\\s*([-*]|\\d+\\.)\\s+");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?:])[)*\"]*\\s+");
    private static final Pattern JAVADOC = Pattern.compile("^\\s*///\\s?");
    private static final Pattern COMMENT = Pattern.compile("^\\s*#+\\s?(--\\s)?");
    private static final Pattern STRINGS =
            Pattern.compile(
                    "\"(?:[^\"\\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\")*");

    /// A text block that describes an operation or a command.
    private static final Pattern BLOCKS =
            Pattern.compile("(?:description|summary) =\\s*\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL);

    /// The sentences; a colon ends one, too.
    List<String> sentences() {
        return SENTENCE_END
                .splitAsStream(text)
                .map(sentence -> sentence.replaceFirst("^[*\"(]+", ""))
                .filter(sentence -> !sentence.isBlank())
                .toList();
    }

    /// Paragraphs, items of lists and cells of tables of a page; blocks of code are left out.
    static List<Prose> ofPage(Path page) throws IOException {
        Collector collector = new Collector(page);
        Files.readAllLines(page).forEach(collector::line);
        collector.end();
        return collector.pieces;
    }

    /// The comments of a YAML file.
    static List<Prose> ofComments(Path file) throws IOException {
        return ofLines(file, COMMENT);
    }

    /// The Javadoc of a source: its paragraphs, items, cells and tags.
    static List<Prose> ofJavadoc(Path source) throws IOException {
        return ofLines(source, JAVADOC);
    }

    /// The strings of a source that are longer than three words: messages, descriptions, titles.
    static List<Prose> ofStrings(Path source) throws IOException {
        String text = Files.readString(source).replaceAll("(?m)^\\s*//.*$", "");
        Stream<Prose> strings =
                STRINGS.matcher(text)
                        .results()
                        .map(match -> string(source, text, match, unquoted(match.group())));
        Stream<Prose> blocks =
                BLOCKS.matcher(text)
                        .results()
                        .map(match -> string(source, text, match, joined(match.group(1))));
        return Stream.concat(strings, blocks)
                .filter(piece -> piece.text().split("\\s+").length > 3)
                .toList();
    }

    private static Prose string(Path source, String text, MatchResult match, String words) {
        return piece(source, lineOf(text, match.start()), words);
    }

    private static String joined(String block) {
        return block.replaceAll("\\\\\\n\\s*", "").replaceAll("\\s+", " ").strip();
    }

    private static Prose piece(Path file, int line, String text) {
        return new Prose(file, line, CODE.matcher(text).replaceAll("x"), true);
    }

    private static int lineOf(String text, int at) {
        return (int) text.substring(0, at).lines().count() + 1;
    }

    private static String unquoted(String literals) {
        return literals.replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("^\"|\"$", "");
    }

    private static List<Prose> ofLines(Path file, Pattern start) throws IOException {
        Collector collector = new Collector(file);
        for (String line : Files.readAllLines(file)) {
            collector.line(start.matcher(line).find() ? start.matcher(line).replaceFirst("") : "");
        }
        collector.end();
        return collector.pieces;
    }

    /// Joins lines to pieces.
    private static final class Collector {

        private final Path file;
        private final List<Prose> pieces = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private int line;
        private int first;
        private boolean isCode;

        private Collector(Path file) {
            this.file = file;
        }

        private void line(String text) {
            line++;
            if (text.startsWith("```")) {
                isCode = !isCode;
                end();
            } else if (isCode || text.isBlank() || text.startsWith("#")) {
                end();
            } else if (text.startsWith("|")) {
                end();
                Stream.of(CODE.matcher(text).replaceAll("x").split("\\|"))
                        .forEach(cell -> piece(cell, false));
            } else {
                if (ITEM.matcher(text).find() || TAG.matcher(text).find()) {
                    end();
                }
                add(TAG.matcher(ITEM.matcher(text).replaceFirst("")).replaceFirst(""));
            }
        }

        private void add(String text) {
            if (open.isEmpty()) {
                first = line;
            }
            open.append(text.strip()).append(' ');
        }

        private void end() {
            first = open.isEmpty() ? line : first;
            piece(open.toString(), true);
            open.setLength(0);
        }

        private void piece(String text, boolean isWhole) {
            String linked = LINK.matcher(CODE.matcher(text).replaceAll("x")).replaceAll("$1");
            String plain = REFERENCE.matcher(linked).replaceAll("x").strip();
            if (!plain.isEmpty()) {
                pieces.add(new Prose(file, isWhole ? first : line, plain, isWhole));
            }
        }
    }
}
