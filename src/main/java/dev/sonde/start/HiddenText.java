package dev.sonde.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A text that is in no log, view or metric, such as a secret. A file is read at each use.
public sealed interface HiddenText {

    /// A text from the configuration.
    record Inline(String text) implements HiddenText {

        @Override
        public String toString() {
            return "hidden";
        }
    }

    /// A text in a file.
    record InFile(Path file) implements HiddenText {}

    /// A file with more cannot be meant.
    int LONGEST = 1_048_576;

    /// The text without white space at its ends.
    ///
    /// @throws IOException with a sentence, where the file cannot be read
    default String read() throws IOException {
        return switch (this) {
            case Inline(String text) -> text.strip();
            case InFile(Path file) -> {
                try (var in = Files.newInputStream(file)) {
                    yield new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
                } catch (IOException e) {
                    throw new IOException(file + " cannot be read, " + FileProblem.of(e), e);
                }
            }
        };
    }

    /// The one of the two that is given; null where none is.
    static @Nullable HiddenText of(@Nullable String text, @Nullable String file) {
        if (file != null && !file.isBlank()) {
            return new InFile(Path.of(file));
        }
        return text == null || text.isBlank() ? null : new Inline(text);
    }
}
