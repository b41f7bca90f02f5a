package dev.sonde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import morfologik.speller.Speller;
import morfologik.stemming.Dictionary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The spelling of the pages: British English, by a standard list of words and one of our own.
class SpellingTest {

    private static final String STANDARD = "/org/languagetool/resource/en/hunspell/en_GB.";
    private static final Path OWN = Path.of("src/test/resources/spelling.txt");

    /// A word of letters; names with digits, points or capitals inside are none.
    private static final Pattern WORD =
            Pattern.compile("(?<![\\w./@:'-])[A-Z]?[a-z]{2,}(?:'[a-z]+)?(?![\\w/@:'-]|\\.\\w)");

    /// Tags, and the plural of a code span.
    private static final Pattern MARKUP = Pattern.compile("<[^>]*>|\\bxs\\b");

    private static Speller standard;
    private static List<String> own;

    @BeforeAll
    static void read() throws IOException {
        try (var words = resource("dict");
                var properties = resource("info")) {
            standard = new Speller(Dictionary.read(words, properties));
        }
        own = Files.readAllLines(OWN, StandardCharsets.UTF_8);
    }

    private static InputStream resource(String ending) {
        return Objects.requireNonNull(
                SpellingTest.class.getResourceAsStream(STANDARD + ending), ending);
    }

    private static NavigableSet<String> unknownWords() throws IOException {
        NavigableSet<String> unknown = new TreeSet<>();
        for (Path page : WordTest.pages().toList()) {
            for (Prose piece : Prose.ofPage(page)) {
                WORD.matcher(MARKUP.matcher(piece.text()).replaceAll(" "))
                        .results()
                        .map(word -> word.group().replaceFirst("'s$", ""))
                        .filter(word -> !isStandard(word))
                        .forEach(unknown::add);
            }
        }
        return unknown;
    }

    private static boolean isStandard(String word) {
        return Stream.of(word, word.toLowerCase(Locale.ROOT))
                .anyMatch(form -> standard.isInDictionary(form));
    }

    @Test
    void everyWordOfThePagesIsSpelledRight() throws IOException {
        assertThat(unknownWords()).isSubsetOf(own);
    }

    @Test
    void ownWordsAreInOrderAndEachIsOnAPage() throws IOException {
        assertThat(own).isSorted().doesNotHaveDuplicates();
        assertThat(unknownWords()).containsAll(own);
    }
}
