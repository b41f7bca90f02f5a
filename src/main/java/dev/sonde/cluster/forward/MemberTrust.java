package dev.sonde.cluster.forward;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// The rule for certificates of replicas: the chain leads to an authority of the bundle, and the
/// subject alternative names contain the members' name. Addresses are not compared, because they
/// change. Safe for any thread.
final class MemberTrust extends X509ExtendedTrustManager {

    /// `dNSName` of RFC 5280, section 4.2.1.6.
    private static final Integer DNS_NAME = 2;

    private final X509TrustManager chains;
    private final String name;

    /// @param chains decides on the chain
    /// @param name the members' name
    MemberTrust(X509TrustManager chains, String name) {
        this.chains = chains;
        this.name = name;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        chains.checkClientTrusted(chain, type);
        requireName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        chains.checkServerTrusted(chain, type);
        requireName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }

    private void requireName(X509Certificate certificate) throws CertificateException {
        if (!hasName(certificate, name)) {
            throw new CertificateException(
                    "the certificate has no alternative name " + name + " of the replicas");
        }
    }

    static boolean hasName(X509Certificate certificate, String name) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(
                                    each ->
                                            DNS_NAME.equals(each.getFirst())
                                                    && name.equalsIgnoreCase(
                                                            String.valueOf(each.get(1))));
        } catch (CertificateParsingException _) {
            // A list of names that cannot be read has no name.
            return false;
        }
    }
}
