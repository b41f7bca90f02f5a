package dev.sonde.tls.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Authorities that are trusted, and the JDK's judgement by them (PKIX).
public record TrustStore(X509ExtendedTrustManager manager) {

    /// The files in which distributions keep their trusted authorities: the places that Go reads.
    private static final List<Path> BUNDLES =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                    Path.of("/etc/ssl/ca-bundle.pem"),
                    Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
                    Path.of("/etc/ssl/cert.pem"));

    private static final int LONGEST_PATH = 16;

    /// The authorities of this host or, without any, those of the JDK.
    public static TrustStore ofSystem() throws GeneralSecurityException, IOException {
        for (Path bundle : BUNDLES) {
            if (Files.isReadable(bundle)) {
                return of(Pem.readable(Files.readString(bundle)));
            }
        }
        return of((KeyStore) null);
    }

    public static TrustStore of(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return of(store);
    }

    /// The path from a presented certificate to a trusted one, both included, by the names of
    /// issuers. Of several certificates with a name, it has the one that is valid longest.
    public List<X509Certificate> path(X509Certificate[] presented) {
        List<X509Certificate> anchors = Arrays.asList(manager.getAcceptedIssuers());
        List<X509Certificate> path = new ArrayList<>(List.of(presented[0]));
        while (!anchors.contains(path.getLast()) && path.size() < LONGEST_PATH) {
            Principal issuer = path.getLast().getIssuerX500Principal();
            Optional<X509Certificate> next =
                    Stream.concat(anchors.stream(), Arrays.stream(presented))
                            .filter(other -> other.getSubjectX500Principal().equals(issuer))
                            .filter(other -> !path.contains(other))
                            .max(Comparator.comparing(X509Certificate::getNotAfter));
            if (next.isEmpty()) {
                break;
            }
            path.add(next.get());
        }
        return path;
    }

    /// Whether a chain that is not valid now was, or will be, trusted at another time. When the JDK
    /// builds the path itself, it does not report that only the time was wrong.
    public boolean wouldHaveTrusted(X509Certificate[] presented) {
        boolean isOutdated = Arrays.stream(presented).anyMatch(TrustStore::isOutdated);
        return isOutdated
                && (isTrustedAt(edge(presented, X509Certificate::getNotAfter, false), presented)
                        || isTrustedAt(
                                edge(presented, X509Certificate::getNotBefore, true), presented));
    }

    private static boolean isOutdated(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return false;
        } catch (CertificateException _) {
            return true;
        }
    }

    private static Date edge(
            X509Certificate[] presented, Function<X509Certificate, Date> side, boolean isLast) {
        List<Date> dates = Arrays.stream(presented).map(side).sorted().toList();
        return isLast ? dates.getLast() : dates.getFirst();
    }

    private boolean isTrustedAt(Date date, X509Certificate[] presented) {
        try {
            Set<TrustAnchor> anchors =
                    Arrays.stream(manager.getAcceptedIssuers())
                            .map(authority -> new TrustAnchor(authority, null))
                            .collect(Collectors.toSet());
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(presented[0]);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
            parameters.setRevocationEnabled(false);
            parameters.setDate(date);
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection", new CollectionCertStoreParameters(List.of(presented))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static TrustStore of(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        return Arrays.stream(managers)
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(manager -> new TrustStore((X509ExtendedTrustManager) manager))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no PKIX trust manager"));
    }
}
