package dev.sonde.tls;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/// A provider with the JDK's own reader of X.509 certificates, which notes the encodings that a
/// handshake reads. The JDK keeps nothing of a chain that it cannot read, and stops at the first
/// certificate of that kind. A stand-in takes its place until the chain is refused.
final class CertificateReader extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String TYPE = "X.509";

    private CertificateReader() {
        super("SondeCertificates", "1", "X.509 certificates by the JDK's own reader");
        putService(new Readers(this));
    }

    /// Makes it the first provider of the process. A repeated call has no effect. The first call
    /// loads every provider of the JDK, which takes as long as a probe without TLS.
    static void install() {
        Installed.once();
    }

    private static final class Installed {

        static {
            Security.insertProviderAt(new CertificateReader(), 1);
        }

        /// The class is initialized by the call.
        static void once() {}
    }

    private static final class Readers extends Service {

        Readers(Provider provider) {
            super(
                    provider,
                    "CertificateFactory",
                    TYPE,
                    Reader.class.getName(),
                    List.of("X509"),
                    null);
        }

        @Override
        public Object newInstance(Object parameter) {
            try {
                return new Reader(CertificateFactory.getInstance(TYPE, "SUN"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK has no reader of certificates", e);
            }
        }
    }

    private static final class Reader extends CertificateFactorySpi {

        private final CertificateFactory own;

        Reader(CertificateFactory own) {
            this.own = own;
        }

        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            PresentedChain chain = PresentedChain.current();
            if (chain == null || !in.markSupported()) {
                return own.generateCertificate(in);
            }
            byte[] encoded = peek(in);
            try {
                Certificate read = own.generateCertificate(in);
                chain.note(encoded);
                return read;
            } catch (CertificateException e) {
                chain.noteUnreadable(encoded, e);
                return StandIn.read(own);
            }
        }

        private static byte[] peek(InputStream in) throws CertificateException {
            try {
                in.mark(Integer.MAX_VALUE);
                byte[] encoded = in.readAllBytes();
                in.reset();
                return encoded;
            } catch (IOException e) {
                throw new CertificateException("a certificate that cannot be read", e);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return own.generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return own.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return own.generateCRLs(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
            return own.generateCertPath(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in, String encoding)
                throws CertificateException {
            return own.generateCertPath(in, encoding);
        }

        @Override
        public CertPath engineGenerateCertPath(List<? extends Certificate> certificates)
                throws CertificateException {
            return own.generateCertPath(certificates);
        }

        @Override
        public Iterator<String> engineGetCertPathEncodings() {
            return own.getCertPathEncodings();
        }
    }
}
