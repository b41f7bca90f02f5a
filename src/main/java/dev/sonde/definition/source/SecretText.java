package dev.sonde.definition.source;

import dev.sonde.start.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// The text of a secret, read at each use.
final class SecretText {

    private static final int LONGEST = 1_048_576;

    private SecretText() {}

    /// The text without white space at its ends.
    ///
    /// @throws SourceException where its file cannot be read
    static String of(Discovery.Secret secret) throws SourceException {
        return switch (secret) {
            case Discovery.Secret.Text(String text) -> text.strip();
            case Discovery.Secret.InFile(var file) -> {
                try (var in = Files.newInputStream(file)) {
                    byte[] bytes = in.readNBytes(LONGEST);
                    yield new String(bytes, StandardCharsets.UTF_8).strip();
                } catch (IOException e) {
                    throw new SourceException(file + ": cannot be read, " + FileProblem.of(e), e);
                }
            }
        };
    }
}
