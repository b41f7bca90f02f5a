package dev.sonde.probe.spec;

import java.nio.file.Path;

/// The source of certificates or a key in PEM.
public sealed interface PemSource {

    /// The text itself.
    record Text(String pem) implements PemSource {

        /// Nothing of what it holds, which may be a key.
        @Override
        public String toString() {
            return pem.length() + " characters";
        }
    }

    /// They are in a file of this host, read anew by every probe.
    record InFile(Path file) implements PemSource {}
}
