package dev.sonde.tls;

import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.TlsFault;
import dev.sonde.tls.certificate.TrustStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Makes servers ready, and has the threads on which their work is done. Safe for any thread.
public final class TlsServers {

    private final CertificateAuthority authority;
    private final ExecutorService threads;

    /// @param threads shared with the TLS clients; not closed here
    public TlsServers(CertificateAuthority authority, ExecutorService threads) {
        this.authority = authority;
        this.threads = threads;
    }

    /// The threads on which connections are set up and their tasks run. Waiting tasks are bounded
    /// by the open connections.
    public ExecutorService threads() {
        return threads;
    }

    /// Makes a server ready. May block.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, when the settings name no
    ///     server's certificate
    public TlsServer prepare(TlsServerSettings settings) {
        try {
            KeyMaterial own = material(settings);
            TrustStore trust = TrustStore.of(List.of(authority.certificate()));
            return new TlsServer(settings, own, trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the built-in authority cannot be trusted", e);
        }
    }

    private KeyMaterial material(TlsServerSettings settings) {
        String name = settings.certificate();
        boolean isServer =
                authority
                        .find(name)
                        .filter(issued -> issued.kind() == CertificateKind.SERVER)
                        .isPresent();
        TlsFault fault = settings.fault();
        return Optional.of(name)
                .filter(_ -> isServer)
                .flatMap(
                        _ ->
                                fault == null
                                        ? authority.keys(name)
                                        : authority.faulty(name, fault.type()))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no server's certificate has the name \"" + name + "\""));
    }
}
