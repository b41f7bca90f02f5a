package dev.sonde.tls.certificate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The built-in certificate authority and its issued certificates. It is created on first use and
/// never changes after that. Safe for any thread; every method may block.
public final class CertificateAuthority {

    private static final Duration FAULTY_VALIDITY = Duration.ofDays(1);

    /// How long ago a certificate that is made expired was issued: it expired a day ago.
    private static final Duration EXPIRED_SINCE = Duration.ofDays(2);

    private final AuthorityStore store;
    private final Clock clock;
    private final CertificateMaker maker = new CertificateMaker();

    /// Read on first use and the same from then on; written by any thread.
    private volatile @Nullable KeyMaterial own;

    /// The outcome of issuing a certificate.
    ///
    /// @param issued the certificate
    /// @param keys its key, which is returned only here
    public record Issuance(IssuedCertificate issued, KeyMaterial keys) {}

    public CertificateAuthority(AuthorityStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// An authority in files.
    ///
    /// @param directory which is made when it is first needed
    public CertificateAuthority(Path directory, Clock clock) {
        this(new AuthorityFolder(directory), clock);
    }

    /// Issues a certificate and keeps it with its key.
    ///
    /// @return empty when the name is taken
    /// @throws AuthorityOffException where keys cannot be kept
    public Optional<Issuance> issue(CertificateSpec spec) {
        KeyMaterial made = maker.issue(spec, own(), clock.instant());
        return store.add(spec.name(), made)
                ? Optional.of(new Issuance(IssuedCertificate.of(spec.name(), made.chain()), made))
                : Optional.empty();
    }

    /// In the order of their names.
    ///
    /// @param after the name after which to begin; empty for the beginning
    public List<IssuedCertificate> list(String after, int limit) {
        return store.list(after, limit);
    }

    public Optional<IssuedCertificate> find(String name) {
        return store.find(name);
    }

    /// The key and the chain that have this name.
    public Optional<KeyMaterial> keys(String name) {
        return store.get(name);
    }

    /// Key material like that of this name, made wrong by the fault. It is not stored.
    public Optional<KeyMaterial> faulty(String name, TlsFault.Type fault) {
        Instant now = clock.instant();
        return find(name)
                .map(good -> new CertificateSpec(name, good.kind(), good.hosts(), FAULTY_VALIDITY))
                .flatMap(
                        spec ->
                                switch (fault) {
                                    case EXPIRED ->
                                            Optional.of(
                                                    maker.issue(
                                                            spec, own(), now.minus(EXPIRED_SINCE)));
                                    case WRONG_NAME ->
                                            Optional.of(maker.issue(wrongName(spec), own(), now));
                                    case UNTRUSTED ->
                                            Optional.of(
                                                    maker.issue(spec, maker.authority(now), now));
                                    case NEVER_ENDS, ALERT -> keys(name);
                                });
    }

    private static CertificateSpec wrongName(CertificateSpec spec) {
        return new CertificateSpec(
                "wrong-name", spec.kind(), List.of("wrong-name.invalid"), spec.validFor());
    }

    /// Whether one existed.
    public boolean delete(String name) {
        return store.delete(name);
    }

    /// The authority's own certificate.
    ///
    /// @throws AuthorityOffException where keys cannot be kept
    public X509Certificate certificate() {
        return own().chain().getFirst();
    }

    private KeyMaterial own() {
        KeyMaterial known = own;
        if (known == null) {
            known = store.own(() -> maker.authority(clock.instant()));
            own = known;
        }
        return known;
    }
}
