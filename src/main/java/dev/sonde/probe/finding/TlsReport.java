package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.TlsVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a TLS handshake showed, also one that failed.
///
/// @param version as [TlsVersion#word]; absent where none was agreed on
/// @param cipher the suite's name; absent likewise
/// @param alpn the protocol that was agreed on
/// @param serverName the name that the certificate had to bear
/// @param chain the presented certificates, the peer's own first; empty where none came
/// @param isVerified whether the chain and the name were found good; absent where nothing was
///     verified
/// @param verifiedUntil the least NotAfter of the chain that was verified, its authority included
/// @param isOcspStapled whether a staple came with it; absent where it never came to that
/// @param isClientAsked whether the peer asked for a client's certificate
/// @param ocsp what the staple says; absent where none came
public record TlsReport(
        @Nullable String version,
        @Nullable String cipher,
        @Nullable String alpn,
        String serverName,
        List<CertificateFacts> chain,
        @Nullable Boolean isVerified,
        @Nullable Instant verifiedUntil,
        @Nullable Boolean isOcspStapled,
        boolean isClientAsked,
        @Nullable OcspStaple ocsp)
        implements StepReport {

    public TlsReport {
        chain = List.copyOf(chain);
    }

    /// When the presented chain stops being good: the end of the chain that was verified, else the
    /// earliest NotAfter of what was presented.
    ///
    /// @throws IllegalStateException where no certificate came
    public Instant endOfValidity() {
        Instant end = verifiedUntil;
        if (end == null) {
            end =
                    chain.stream()
                            .map(CertificateFacts::notAfter)
                            .min(Instant::compareTo)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "no certificate was presented"));
        }
        return end;
    }

    @Override
    public Phase phase() {
        return Phase.TLS;
    }
}
