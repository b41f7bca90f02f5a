package dev.sonde.probe.spec;

import java.nio.file.Path;

/// Which certificates a probe trusts.
public sealed interface TlsTrust {

    /// Those of authorities that this host trusts.
    record Host() implements TlsTrust {}

    /// Those that the built-in authority has issued.
    record Authority() implements TlsTrust {}

    /// Those of the authorities in a bundle.
    ///
    /// @param pem certificates in PEM, one after another
    record Bundle(String pem) implements TlsTrust {}

    /// Those of the authorities in a file of this host, read anew by every probe. Only a module's
    /// file can name one: it is neither stored nor shown.
    record BundleFile(Path file) implements TlsTrust {}

    /// All: nothing is verified.
    record Insecure() implements TlsTrust {}
}
