package dev.sonde.api.certificate;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Preconditions;
import dev.sonde.api.request.Query;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.tls.certificate.AuthorityOffException;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateAuthority.Issuance;
import dev.sonde.tls.certificate.Fingerprint;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.Pem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Certificates of the built-in authority.
@RestController
class CertificateController implements CertificateOperations {

    static final String PEM = "application/x-pem-file";

    private static final String LIST = "certificates";

    private final CertificateAuthority authority;

    CertificateController(CertificateAuthority authority) {
        this.authority = authority;
    }

    @Override
    public ResponseEntity<CertificateView> issue(CertificateRequest body) {
        Issuance issuance =
                whileOn(() -> authority.issue(body.toSpec()))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.ALREADY_EXISTS,
                                                "a certificate of this name exists; delete it"
                                                        + " first"));
        CertificateView view = CertificateView.of(issuance);
        return ResponseEntity.created(URI.create("/api/v1/certificates/" + view.name()))
                .cacheControl(CacheControl.noStore())
                .eTag(view.etag())
                .body(view);
    }

    @Override
    public PageView<CertificateView> list(@Nullable String limit, @Nullable String cursor) {
        int most = Query.limit(limit);
        String after = Objects.requireNonNullElse(Cursor.place(LIST, cursor), "");
        Page<IssuedCertificate> page =
                Page.of(authority.list(after, most + 1), most, IssuedCertificate::name);
        return PageView.of(page, LIST, CertificateView::of);
    }

    @Override
    public ResponseEntity<String> authority() {
        X509Certificate own = whileOn(authority::certificate);
        return ResponseEntity.ok()
                .eTag("\"" + Fingerprint.of(own) + "\"")
                .body(Pem.of(List.of(own)));
    }

    @Override
    public ResponseEntity<CertificateView> get(String name) {
        CertificateView view = find(name);
        return ResponseEntity.ok().eTag(view.etag()).body(view);
    }

    @Override
    public ResponseEntity<Void> delete(String name, HttpServletRequest request) {
        Preconditions.of(request).check(find(name).etag());
        if (!authority.delete(name)) {
            throw unknown();
        }
        return ResponseEntity.noContent().build();
    }

    private CertificateView find(String name) {
        return Optional.of(name)
                .filter(ResourceName::isValid)
                .flatMap(authority::find)
                .map(CertificateView::of)
                .orElseThrow(CertificateController::unknown);
    }

    private static <T> T whileOn(Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthorityOffException e) {
            throw new ProblemException(ProblemType.AUTHORITY_OFF, String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "no certificate has this name: it was never issued, or was deleted");
    }
}
