package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The English of pages, of the chart's values, of OpenAPI texts and messages, and of Javadoc. A
/// sentence begins with its subject, has the words of the field, and at most 20 words. A colon ends
/// a sentence, and a list of code spans counts as one word.
class WordTest {

    private static final Path MAIN = Path.of("src/main/java/dev/sonde");
    private static final int MOST_WORDS = 20;

    private static final Pattern BEGINNING =
            Pattern.compile("^(What|Who|Whoever|Whom|Whose|That|Where)\\b(?!.*\\?$)");

    /// Phrases with a plainer form: report, perform the handshake, only, ends, exists, always.
    private static final Pattern WORDS =
            Pattern.compile(
                    "\\b(told|tells?|whoever|shakes? hands|hands are shaken|is over|stands? for"
                            + "|for ever|as \\w+ has it|cannot be had|is there|are there|alone"
                            + "|as may be)\\b",
                    Pattern.CASE_INSENSITIVE);

    @Test
    void pagesHaveTheWordsOfTheField() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path page : pages().toList()) {
            faults.addAll(faults(Prose.ofPage(page)));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void commentsOfTheChartHaveTheWordsOfTheField() throws IOException {
        List<Prose> comments = Prose.ofComments(Path.of("helm/sonde/values.yaml"));
        assertThat(faults(comments)).isEmpty();
        assertThat(tooLong(comments)).isEmpty();
    }

    static Stream<Path> pages() throws IOException {
        return Stream.of(Path.of("README.md"), Path.of("docs"), Path.of("helm/sonde/README.md"))
                .flatMap(WordTest::below)
                .filter(file -> file.toString().endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void sentencesOfPagesAreShort(Path page) throws IOException {
        assertThat(tooLong(Prose.ofPage(page))).isEmpty();
    }

    static Stream<String> rooms() throws IOException {
        try (Stream<Path> rooms = Files.list(MAIN)) {
            return rooms.map(room -> room.getFileName().toString()).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void javadocHasTheWordsOfTheField(String room) throws IOException {
        List<Prose> texts = new ArrayList<>();
        for (Path source : below(MAIN.resolve(room)).toList()) {
            texts.addAll(Prose.ofJavadoc(source));
        }
        assertThat(faults(texts)).isEmpty();
        assertThat(tooLong(texts)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void textsForUsersHaveTheWordsOfTheField(String room) throws IOException {
        List<Prose> texts = new ArrayList<>();
        for (Path source : below(MAIN.resolve(room)).toList()) {
            texts.addAll(Prose.ofStrings(source));
        }
        assertThat(faults(texts)).isEmpty();
        assertThat(tooLong(texts)).isEmpty();
    }

    private static List<String> tooLong(List<Prose> texts) {
        return texts.stream()
                .filter(Prose::isWhole)
                .flatMap(piece -> piece.sentences().stream().map(sentence -> at(piece, sentence)))
                .filter(sentence -> words(sentence) > MOST_WORDS)
                .toList();
    }

    private static List<String> faults(List<Prose> texts) {
        Set<String> faults = new TreeSet<>();
        for (Prose piece : texts) {
            for (String sentence : piece.sentences()) {
                if (BEGINNING.matcher(sentence).find() || WORDS.matcher(sentence).find()) {
                    faults.add(at(piece, sentence));
                }
            }
        }
        return List.copyOf(faults);
    }

    private static String at(Prose piece, String sentence) {
        return piece.file() + ":" + piece.line() + ": " + sentence;
    }

    /// The words of a sentence, without the place in front of it. A list of code spans counts as
    /// one.
    private static int words(String placed) {
        return placed.strip()
                        .replaceAll("x(?:(?:, | and | or |, and )x)+", "x")
                        .split("\\s+")
                        .length
                - 1;
    }

    private static Stream<Path> below(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
