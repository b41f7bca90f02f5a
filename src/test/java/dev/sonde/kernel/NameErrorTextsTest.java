package dev.sonde.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameErrorTextsTest {

    /// A C library whose texts have changed places, and that has one in another language.
    private static final NameErrorTexts SWAPPED =
            NameErrorTexts.of(
                    Set.of("Name or service not known", "Temporärer Fehler bei der Auflösung", ""),
                    ErrorTexts.english());

    @ParameterizedTest
    @CsvSource({
        "Name or service not known,                  true",
        "Temporärer Fehler bei der Auflösung,        true",
        "Non-recoverable failure in name resolution, true",
        "Too many open files,                        true",
        "Cannot allocate memory,                     true",
        "Connection refused,                         true",
        "Name oder Dienst nicht bekannt,             false",
        "No address associated with hostname,        false",
    })
    void libraryOfThisProcessDecides(String text, boolean couldNotTell) {
        assertThat(SWAPPED.isCouldNotTell("db.example: " + text)).isEqualTo(couldNotTell);
    }

    @Test
    void nameThatDoesNotExistIsNoneOfTheTextsOfThisProcess() {
        String notKnown = "db.example: Name or service not known";
        assertThat(NameErrorTexts.ofThisProcess().isCouldNotTell(notKnown)).isFalse();
        assertThat(NameErrorTexts.ofThisProcess().isCouldNotTell("x: ")).isFalse();
        assertThat(NameErrorTexts.ofThisProcess().isCouldNotTell("db.example")).isFalse();
    }

    /// `EAI_SYSTEM` has no text of its own: the JDK writes that of the error number.
    @Test
    void errorOfTheSystemIsOneOfTheTextsOfThisProcess() {
        NameErrorTexts texts = NameErrorTexts.ofThisProcess();
        assertThat(texts.isCouldNotTell("db.example: Too many open files")).isTrue();
        assertThat(texts.isCouldNotTell("db.example: System error")).isTrue();
    }
}
