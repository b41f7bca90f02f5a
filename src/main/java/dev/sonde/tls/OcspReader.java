package dev.sonde.tls;

import dev.sonde.probe.finding.OcspStaple;
import dev.sonde.probe.finding.OcspStaple.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.jspecify.annotations.Nullable;

/// Reads stapled OCSP responses (RFC 6960), which a peer may have written as it likes.
final class OcspReader {

    private OcspReader() {}

    static OcspStaple read(byte[] encoded) {
        try {
            OCSPResp response = new OCSPResp(encoded);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                return OcspStaple.of(Status.UNSUCCESSFUL);
            }
            return response.getResponseObject() instanceof BasicOCSPResp basic
                            && basic.getResponses().length > 0
                    ? staple(basic, basic.getResponses()[0])
                    : OcspStaple.of(Status.UNREADABLE);
        } catch (IOException | OCSPException | RuntimeException _) {
            return OcspStaple.of(Status.UNREADABLE);
        }
    }

    private static OcspStaple staple(BasicOCSPResp basic, SingleResp single) {
        CertificateStatus status = single.getCertStatus();
        Date nextUpdate = single.getNextUpdate();
        return new OcspStaple(
                status(status),
                basic.getProducedAt().toInstant(),
                single.getThisUpdate().toInstant(),
                nextUpdate == null ? null : nextUpdate.toInstant(),
                revokedAt(status));
    }

    /// The library has null (`CertificateStatus.GOOD`) for a certificate that is good.
    private static Status status(@Nullable CertificateStatus status) {
        if (status == null) {
            return Status.GOOD;
        }
        return status instanceof RevokedStatus ? Status.REVOKED : Status.UNKNOWN;
    }

    private static @Nullable Instant revokedAt(@Nullable CertificateStatus status) {
        return status instanceof RevokedStatus revoked
                ? revoked.getRevocationTime().toInstant()
                : null;
    }
}
