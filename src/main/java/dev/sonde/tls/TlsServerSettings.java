package dev.sonde.tls;

import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.certificate.CertificateSpec;
import dev.sonde.tls.certificate.TlsFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of a server's handshake.
///
/// @param certificate the name of a server's certificate of the built-in authority
/// @param clientAuth whether a client has to present a certificate of the built-in authority
/// @param alpn protocols that it speaks, the preferred one first; without any, none is agreed on
/// @param fault its deliberate fault; absent for a correct server
public record TlsServerSettings(
        String certificate, ClientAuth clientAuth, List<String> alpn, @Nullable TlsFault fault) {

    public TlsServerSettings {
        CertificateSpec.requireName(certificate);
        alpn = TlsSettings.requireProtocols(alpn);
    }

    /// Asks for no client's certificate, and does nothing wrong.
    public static TlsServerSettings of(String certificate) {
        return new TlsServerSettings(certificate, ClientAuth.NONE, List.of(), null);
    }

    public TlsServerSettings withClientAuth(ClientAuth other) {
        return new TlsServerSettings(certificate, other, alpn, fault);
    }

    public TlsServerSettings withAlpn(List<String> others) {
        return new TlsServerSettings(certificate, clientAuth, others, fault);
    }

    public TlsServerSettings withFault(TlsFault other) {
        return new TlsServerSettings(certificate, clientAuth, alpn, other);
    }
}
