package dev.sonde.probe.spec;

/// The certificate of a probe for servers that ask for one.
public sealed interface ClientIdentity {

    /// A certificate of the built-in authority, with its key.
    record Issued(String name) implements ClientIdentity {}

    /// A certificate from elsewhere. Only a module's file can name one: it is neither stored nor
    /// shown.
    ///
    /// @param chain the certificate, and those that vouch for it
    /// @param key of the certificate, without a password
    record Given(PemSource chain, PemSource key) implements ClientIdentity {}
}
