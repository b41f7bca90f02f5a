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

    private static final String CA = "ca";

    private static final Duration FAULTY_VALIDITY = Duration.ofDays(1);

    /// How long ago a certificate that is made expired was issued: it expired a day ago.
    private static final Duration EXPIRED_SINCE = Duration.ofDays(2);

    private final Path directory;
    private final Clock clock;
    private final CertificateMaker maker = new CertificateMaker();

    /// Made on first use; guarded by this object's lock, like what is in the folders.
    private @Nullable Shelf shelf;

    /// @param own the authority's own key and certificate
    private record Shelf(KeyMaterial own, KeyFolder issued) {}

    /// The outcome of issuing a certificate.
    ///
    /// @param issued the certificate
    /// @param keys its key, which is returned only here
    public record Issuance(IssuedCertificate issued, KeyMaterial keys) {}

    /// @param directory which is made when it is first needed
    public CertificateAuthority(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Issues a certificate and keeps it with its key.
    ///
    /// @return empty when the name is taken
    public synchronized Optional<Issuance> issue(CertificateSpec spec) {
        Shelf open = shelf();
        if (open.issued().contains(spec.name())) {
            return Optional.empty();
        }
        KeyMaterial made = maker.issue(spec, open.own(), clock.instant());
        open.issued().put(spec.name(), made);
        return Optional.of(new Issuance(IssuedCertificate.of(spec.name(), made.chain()), made));
    }

    /// In the order of their names.
    ///
    /// @param after the name after which to begin; empty for the beginning
    public synchronized List<IssuedCertificate> list(String after, int limit) {
        KeyFolder issued = shelf().issued();
        return issued.names().stream()
                .filter(name -> name.compareTo(after) > 0)
                .limit(limit)
                .flatMap(name -> issued.chain(name).stream())
                .toList();
    }

    public synchronized Optional<IssuedCertificate> find(String name) {
        return shelf().issued().chain(name);
    }

    /// The key and the chain that have this name.
    public synchronized Optional<KeyMaterial> keys(String name) {
        return shelf().issued().get(name);
    }

    /// Key material like that of this name, made wrong by the fault. It is not stored.
    public synchronized Optional<KeyMaterial> faulty(String name, TlsFault.Type fault) {
        Shelf open = shelf();
        Instant now = clock.instant();
        return open.issued()
                .chain(name)
                .map(good -> new CertificateSpec(name, good.kind(), good.hosts(), FAULTY_VALIDITY))
                .flatMap(
                        spec ->
                                switch (fault) {
                                    case EXPIRED ->
                                            Optional.of(
                                                    maker.issue(
                                                            spec,
                                                            open.own(),
                                                            now.minus(EXPIRED_SINCE)));
                                    case WRONG_NAME ->
                                            Optional.of(
                                                    maker.issue(wrongName(spec), open.own(), now));
                                    case UNTRUSTED ->
                                            Optional.of(
                                                    maker.issue(spec, maker.authority(now), now));
                                    case NEVER_ENDS, ALERT -> open.issued().get(name);
                                });
    }

    private static CertificateSpec wrongName(CertificateSpec spec) {
        return new CertificateSpec(
                "wrong-name", spec.kind(), List.of("wrong-name.invalid"), spec.validFor());
    }

    /// Whether one existed.
    public synchronized boolean delete(String name) {
        return shelf().issued().delete(name);
    }

    /// The authority's own certificate.
    public synchronized X509Certificate certificate() {
        return shelf().own().chain().getFirst();
    }

    private Shelf shelf() {
        Shelf open = shelf;
        if (open == null) {
            KeyFolder own = new KeyFolder(directory);
            if (!own.contains(CA)) {
                own.put(CA, maker.authority(clock.instant()));
            }
            open = new Shelf(own.get(CA).orElseThrow(), new KeyFolder(directory.resolve("issued")));
            shelf = open;
        }
        return open;
    }
}
