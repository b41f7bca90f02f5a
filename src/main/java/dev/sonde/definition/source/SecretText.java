package dev.sonde.definition.source;

import dev.sonde.start.HiddenText;
import java.io.IOException;

/// The text of a secret of a source, read at each use.
final class SecretText {

    private SecretText() {}

    /// The text without white space at its ends.
    ///
    /// @throws SourceException where its file cannot be read
    static String of(HiddenText secret) throws SourceException {
        try {
            return secret.read();
        } catch (IOException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
    }
}
